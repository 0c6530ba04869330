/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "describe-type.h"
#include "render-snippet.h"

/* What real SQLAlchemy has too is compared with it by tests/peers/test-sa-types.py. Here stands what only we say, and what
 * types of the database come to. */
typedef struct
{
  const char *name;
  const char *text;
  const char *result;
} Case;

#define HEAD "import sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql\nimport app\n"

static const Case cases[] = {
  { "plain", "result = sa.String(50)", "VARCHAR(50)" },
  { "unknown-length", "result = sa.String(app.LENGTH)",
    "needs-python:4: “app.LENGTH” is a size of a type, and what it is is not known here" },
  { "unknown-item", "result = sa.ARRAY(app.Type)", "needs-python:4: “app.Type” is a type, and what it is is not known here" },
  { "unknown-class", "result = sa.Enum(app.Colour)",
    "needs-python:4: “app.Colour” is the class of an enumeration, and what it is is not known here" },
  { "unknown-value", "result = sa.Enum(app.A, 'b')",
    "needs-python:4: “app.A” is a value of an enumeration, and what it is is not known here" },
  { "unknown-variant", "result = sa.Text().with_variant(app.Type(), 'sqlite')",
    "needs-python:4: “app.Type” is called, and what it is is not known here" },
  { "size-of-words", "result = sa.String('max')", "needs-python:4: the size of a type is “max”" },
  { "compiled-by-a-function",
    "from sqlalchemy.ext.compiler import compiles\nclass Own(sa.types.UserDefinedType): pass\n"
    "@compiles(Own)\ndef write(element, compiler, **kw):\n  return 'X'\nresult = Own()",
    "X" },
  { "compiled-by-the-compiler",
    "from sqlalchemy.ext.compiler import compiles\nclass Own(sa.types.UserDefinedType): pass\n"
    "@compiles(Own)\ndef write(element, compiler, **kw):\n  return compiler.visit_JSON(element)\nresult = Own()",
    "needs-python:8: “the compiler of @compiles.visit_JSON” is called, and what it is is not known here" },
  { "compiled-for-this-server-before-all",
    "from sqlalchemy.ext.compiler import compiles\n@compiles(postgresql.JSONB, 'postgresql')\n"
    "def write(element, compiler, **kw):\n  return 'OURS'\n@compiles(postgresql.JSONB)\n"
    "def default(element, compiler, **kw):\n  return 'ALL'\nresult = postgresql.JSONB()",
    "OURS" },
  { "compiled-for-another-server",
    "from sqlalchemy.ext.compiler import compiles\n@compiles(postgresql.JSONB, 'sqlite')\n"
    "def write(element, compiler, **kw):\n  return 'JSON'\nresult = postgresql.JSONB()",
    "JSONB" },
  { "constructor-of-its-own",
    "class Own(sa.types.TypeDecorator):\n  impl = sa.String\n  def __init__(self): pass\nresult = Own()",
    "needs-python:0: a type whose constructor does not call TypeDecorator's is not known here" },
  { "unknown-impl", "class Own(sa.types.TypeDecorator):\n  impl = app.Type\nresult = Own()",
    "needs-python:6: “app.Type” is a type, and what it is is not known here" },
  { "repr-of-an-own-one",
    "class Own(sa.types.UserDefinedType):\n  def __init__(self, a): self.a = a\nresult = repr(Own(1))",
    "needs-python:6: the text of a type of the project's own is not known here" },
  { "create-type-later", "e = postgresql.ENUM('a', name='e')\ne.create_type = False\nresult = e.create_type", "False" },
  { "set-length", "s = sa.String(3)\ns.length = 4", "needs-python:5: “length” is set on a type" },
  { "geometry", "from geoalchemy2 import Geometry\nresult = Geometry('point', srid=4326)", "geometry(POINT,4326)" },
  { "geography", "from geoalchemy2.types import Geography\nresult = Geography(geometry_type='POINT', srid=4326)",
    "geography(POINT,4326)" },
  { "geometry-without-shape", "import geoalchemy2\nresult = geoalchemy2.types.Geometry(geometry_type=None)", "geometry" },
  { "geometry-of-old", "import geoalchemy2\nresult = geoalchemy2.Geometry('POINT', use_typmod=False)",
    "needs-python:5: what geoalchemy2 makes of these arguments is not known here" },
  { "raster", "import geoalchemy2\nresult = geoalchemy2.Raster(spatial_index=False)", "raster" },
  { "auto-string", "import sqlmodel\nresult = sqlmodel.sql.sqltypes.AutoString(length=5)", "VARCHAR(5)" },
  { "sqlmodel-common", "from sqlmodel import BigInteger as B\nresult = B()", "BIGINT" },
  { "sqlmodel-uuid", "import sqlmodel\nresult = sqlmodel.sql.sqltypes.types.Uuid()", "UUID" },
  { "citext", "import citext\nresult = citext.CIText()", "CITEXT" },
  { "users", "from fastapi_users_db_sqlalchemy.generics import GUID\nresult = GUID()", "UUID" },
  { "name-for-scripts", "from advanced_alchemy.types import GUID\nsa.GUID = GUID\nimport sqlalchemy\nresult = sqlalchemy.GUID(length=16)",
    "UUID" },
  { "name-of-the-library", "sa.String = sa.Text", "needs-python:4: “String” is set on what is not the script's own" },
  { "encrypted", "from sqlalchemy_utils import StringEncryptedType as T\nresult = T(sa.String, 'key', length=90)", "VARCHAR(90)" },
  { "encrypted-in-its-module", "import sqlalchemy_utils\nresult = sqlalchemy_utils.types.encrypted.encrypted_type.StringEncryptedType()",
    "VARCHAR" },
  { "encrypted-value", "from sqlalchemy_utils import EncryptedType\nresult = EncryptedType().process_bind_param({}, None)",
    "needs-python:5: “process_bind_param” of “EncryptedType” is not known here" },
};

static const Case ddl[] = {
  { "create", "sa.Enum('a', \"b'c\", name='e', schema='s').create(Bind())", "CREATE TYPE s.e AS ENUM ('a', 'b''c');\n" },
  { "create-first", "postgresql.ENUM('a', name='e').create(Bind(), checkfirst=True)", "CREATE TYPE e AS ENUM ('a');\n" },
  { "drop", "sa.Enum(name='e').drop(Bind(), checkfirst=False)", "DROP TYPE e;\n" },
  { "no-connection", "sa.Enum(name='e').drop(None)",
    "refused raises:6: AttributeError: 'NoneType' object has no attribute 'dialect'" },
  { "unknown-connection", "sa.Enum(name='e').drop(app.bind)",
    "refused needs-python:6: “app.bind” is a connection, and what it is is not known here" },
  { "text-everywhere", "sa.Enum('a', name='e', native_enum=False).create(Bind())", "" },
  { "domain", "postgresql.DOMAIN('d', sa.String(5), check=\"VALUE <> ''\", default=\"it's\", not_null=True).create(Bind())",
    "CREATE DOMAIN d AS VARCHAR(5) DEFAULT 'it''s' NOT NULL CHECK (VALUE <> '');\n" },
  { "domain-goes", "postgresql.DOMAIN('d', sa.String(5)).drop(Bind())", "DROP DOMAIN d;\n" },
  { "schema-of-the-table", "op.create_table('t', sa.Column('a', sa.Enum('x', name='e', inherit_schema=True)), schema='s')",
    "CREATE TYPE s.e AS ENUM ('x');\nCREATE TABLE s.t (\n    a s.e\n);\n" },
  { "spatial-index", "from geoalchemy2 import Geometry\nop.create_table('t', sa.Column('a', Geometry('POINT', 4326)))",
    "CREATE TABLE t (\n    a geometry(POINT,4326)\n);\nCREATE INDEX idx_t_a ON t USING gist (a);\n" },
  { "no-spatial-index", "from geoalchemy2 import Geometry\nop.add_column('t', sa.Column('a', Geometry(spatial_index=False)))",
    "ALTER TABLE t ADD COLUMN a geometry(GEOMETRY,-1);\n" },
};

static void
test_type (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *text = g_strconcat (HEAD, test->text, "\n", NULL);
  g_autofree char *result = describe_type (STRATA_DIALECT_POSTGRESQL, text);

  g_assert_cmpstr (result, ==, test->result);
}

static void
test_ddl (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *text = g_strconcat (HEAD "from alembic import op\nclass Bind: dialect = None\n", test->text, "\n", NULL);
  g_autofree char *result = render_snippet (STRATA_DIALECT_POSTGRESQL, text);

  g_assert_cmpstr (result, ==, test->result);
}

static void
test_foreign (void)
{
  g_autofree char *enumeration = render_snippet (STRATA_DIALECT_SQLITE, "import sqlalchemy as sa\nclass Bind: dialect = None\n"
                                                 "sa.Enum('a', name='e').create(Bind())\n");
  g_autofree char *geometry = describe_type (STRATA_DIALECT_SQLITE, "import geoalchemy2\nresult = geoalchemy2.Geometry()\n");
  g_autofree char *jsonb = describe_type (STRATA_DIALECT_SQLITE, "from sqlalchemy.dialects import postgresql\n"
                                          "result = postgresql.JSONB()\n");

  g_assert_cmpstr (enumeration, ==, "");
  g_assert_cmpstr (geometry, ==, "needs-python:2: columns of geoalchemy2 are made by functions of the server here, not by SQL");
  g_assert_cmpstr (jsonb, ==, "refused: Compiler of SQLite can't render element of type JSONB");
}

static void
add_cases (const char    *group,
           const Case    *list,
           guint          n,
           GTestDataFunc  function)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/sqlalchemy/types/%s/%s", group, list[i].name);

      g_test_add_data_func (path, &list[i], function);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_cases ("words", cases, G_N_ELEMENTS (cases), test_type);
  add_cases ("ddl", ddl, G_N_ELEMENTS (ddl), test_ddl);
  g_test_add_func ("/sqlalchemy/types/other-server", test_foreign);

  return g_test_run ();
}
