/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/naming-find.h"

#include <string.h>

#define ENV "from app.models import Base\ntarget_metadata = Base.metadata\ndef run():\n" \
            "  context.configure(target_metadata=target_metadata)\n"
#define FLASK "from flask import current_app\ntarget_db = current_app.extensions['migrate'].db\ndef get_metadata():\n" \
              "  if hasattr(target_db, 'metadatas'):\n    return target_db.metadatas[None]\n  return target_db.metadata\n" \
              "context.configure(target_metadata=get_metadata(), **conf_args)\n"
#define NAMES "{'ix': 'ix_%(column_0_label)s', 'pk': 'pk_%(table_name)s'}"

/* Modules: a name and a text by turns. The result: "pk at path:line", "none" or "unknown at path:line: why". */
typedef struct
{
  const char *name;
  const char *env;
  const char *modules[8];
  const char *result;
} Case;

static const Case cases[] = {
  { "no-metadata", "context.configure(url=url)\n", { NULL }, "none" },
  { "none", "target_metadata = None\ncontext.configure(target_metadata=target_metadata)\n", { NULL }, "none" },
  { "list", "from a import m\ncontext.configure(target_metadata=[m])\n", { NULL }, "none" },
  { "plain", ENV, { "app.models", "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n" }, "none" },
  { "keyword", ENV, { "app.models", "import sqlalchemy as sa\nfrom sqlalchemy.orm import declarative_base\n"
    "Base = declarative_base(metadata=sa.MetaData(naming_convention=" NAMES "))\n" },
    "pk_%(table_name)s at app.models:3" },
  { "class-attribute", ENV, { "app.models", "from sqlalchemy import MetaData\nfrom sqlalchemy.orm import DeclarativeBase\n"
    "from app.names import NAMES\nclass Base(DeclarativeBase):\n  metadata = MetaData(naming_convention=NAMES)\n",
    "app.names", "PK = 'pk_%(table_name)s'\nNAMES = {'pk': PK}\n" }, "pk_%(table_name)s at app.names:2" },
  { "inherited", ENV, { "app.models", "from .base import Root\nclass Mixin: pass\nclass Base(Mixin, Root):\n  pass\n",
    "app.base", "from sqlalchemy.orm import DeclarativeBase\nfrom sqlalchemy import MetaData\n"
    "class Root(DeclarativeBase):\n  metadata = MetaData(naming_convention=dict(pk='x'))\n" }, "x at app.base:4" },
  { "re-exported", ENV, { "app.models", "from app.models.base import *\n",
    "app.models.base", "from sqlalchemy import MetaData\nfrom sqlalchemy.ext.declarative import declarative_base\n"
    "convention = " NAMES "\nmetadata = MetaData(naming_convention=convention)\nBase = declarative_base(metadata=metadata)\n" },
    "pk_%(table_name)s at app.models.base:3" },
  { "set-later", ENV, { "app.models", "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n"
    "Base.metadata.naming_convention = {'pk': 'later'}\n" }, "later at app.models:3" },
  { "sqlmodel", "from sqlmodel import SQLModel\nfrom app import models\ntarget_metadata = SQLModel.metadata\n"
    "context.configure(target_metadata=target_metadata)\n",
    { "app", "", "app.models", "from sqlmodel import SQLModel\nfrom app.constants import NAMES\n"
    "SQLModel.metadata.naming_convention = NAMES\n", "app.constants", "NAMES = {'pk': 'y'}\n" }, "y at app.constants:1" },
  { "sqlmodel-plain", "from sqlmodel import SQLModel\ncontext.configure(target_metadata=SQLModel.metadata)\n", { NULL }, "none" },
  { "flask", FLASK, { "app", "from flask_sqlalchemy import SQLAlchemy\nfrom sqlalchemy import MetaData\n"
    "db = SQLAlchemy(metadata=MetaData(naming_convention={'pk': 'z'}))\n" }, "z at app:3" },
  { "flask-plain", FLASK, { "app.extensions", "from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\n" }, "none" },
  { "flask-model-class", FLASK, { "app", "from flask_sqlalchemy import SQLAlchemy\nfrom sqlalchemy.orm import DeclarativeBase\n"
    "from sqlalchemy import MetaData\nclass Base(DeclarativeBase):\n  metadata = MetaData(naming_convention={'pk': 'q'})\n"
    "db = SQLAlchemy(model_class=Base)\n" }, "q at app:5" },
  { "flask-unknown", FLASK, { NULL }, "unknown at env.py:2: which db the application has was not found" },
  { "function", "from app import get\ncontext.configure(target_metadata=get())\n",
    { "app", "from sqlalchemy import MetaData\nm = MetaData(naming_convention={'uq': 'u'})\ndef get():\n  return m\n" },
    "none at app:2" },
  { "outside", "from third.party import Base\ncontext.configure(target_metadata=Base.metadata)\n", { NULL },
    "unknown at env.py:1: target_metadata was not understood" },
  { "outside-base", ENV, { "app.models", "from third import Root\nclass Base(Root):\n  pass\n" },
    "unknown at app.models:2: the metadata of this class was not understood" },
  { "own-token", ENV, { "app.models", "from sqlalchemy import MetaData\nfrom sqlalchemy.orm import DeclarativeBase\n"
    "class Base(DeclarativeBase):\n  metadata = MetaData(naming_convention={'short': lambda c, t: t.name, 'pk': '%(short)s'})\n" },
    "unknown at app.models:4: this naming convention was not understood" },
  { "circle", "from a import m\ncontext.configure(target_metadata=m)\n", { "a", "from b import m\n", "b", "from a import m\n" },
    "unknown at b:1: this goes around in a circle" },
};

static char *
read_module (const char  *name,
             const char  *folder,
             char       **path,
             gsize       *length,
             gpointer     data)
{
  const Case *test = data;

  for (guint i = 0; i + 1 < G_N_ELEMENTS (test->modules) && test->modules[i] != NULL; i += 2)
    if (g_str_equal (test->modules[i], name))
      {
        *path = g_strdup (name);
        *length = strlen (test->modules[i + 1]);
        return g_strdup (test->modules[i + 1]);
      }

  return NULL;
}

static void
test_convention (gconstpointer data)
{
  const Case *test = data;
  StrataEnvSource source = {
    .path = "env.py", .text = test->env, .length = strlen (test->env), .read_module = read_module, .data = (gpointer) test,
  };
  g_autoptr(StrataNamingAnswer) answer = strata_naming_find (&source);
  g_autofree char *result = NULL;

  if (answer->state == STRATA_NAMING_FOUND)
    result = g_strdup_printf ("%s at %s:%u", answer->naming.primary_key != NULL ? answer->naming.primary_key : "none",
                              answer->path, answer->line);
  else if (answer->state == STRATA_NAMING_UNKNOWN)
    result = g_strdup_printf ("unknown at %s:%u: %s", answer->path, answer->line, answer->reason);
  else
    result = g_strdup ("none");

  g_assert_cmpstr (result, ==, test->result);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/alembic/naming/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_convention);
    }

  return g_test_run ();
}
