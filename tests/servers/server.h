/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Servers for tests in C: the programs of this folder, started and stopped. A server ends with the test program, however
 * that ends. */

#pragma once

#include "core/database/connection.h"

G_BEGIN_DECLS

typedef struct _TestServer TestServer;

/* tests/servers/PROGRAM with the arguments, NULL at the end. Where the machine lacks it: NULL, and the reason to skip. */
TestServer       *test_server_start     (const char          *program,
                                         const char * const  *arguments,
                                         char               **reason);
void              test_server_free      (TestServer          *self);
/* What it printed at its start: "port", "folder". */
const char       *test_server_get       (TestServer          *self,
                                         const char          *key);
/* "crash", "start": see the program. */
void              test_server_command   (TestServer          *self,
                                         const char          *command);

/* As the superuser, over the socket. */
StrataUrl        *test_server_dup_url   (TestServer          *self,
                                         const char          *database);
/* Over 127.0.0.1, where a server asks for the password. */
StrataUrl        *test_server_dup_tcp_url (TestServer        *self,
                                         const char          *user,
                                         const char          *password,
                                         const char          *database);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, test_server_free)

G_END_DECLS
