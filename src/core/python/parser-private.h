/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/parser.h"

G_BEGIN_DECLS

/* A mistake poisons the parser until the statement that has it is given up: the current token fits nothing and stays,
 * nodes go on being made and are thrown away. So no function needs to look whether another one failed; loops must go
 * on only where a token was accepted. */
struct _StrataPyParser
{
  StrataPySource *source;
  StrataPyArena  *arena;         /* borrowed */
  GPtrArray      *findings;      /* borrowed */
  StrataPyLexer   lexer;
  StrataPyToken   token;
  StrataPyToken   failed_token;  /* the real current one, while poisoned */
  gboolean        failed;
  gboolean        given_up;
  guint32         previous_end;  /* of the last token that was accepted */
  guint           level;         /* of recursion */
  guint           n_mistakes;
  GPtrArray      *pending;       /* StrataPyNode: members of the lists that are open */
};

/* Tokens */
void          strata_py_parser_advance    (StrataPyParser *self);
StrataPyToken strata_py_parser_look_ahead (StrataPyParser *self);
gboolean      strata_py_parser_accept     (StrataPyParser *self,
                                           StrataPySymbol  symbol);
void          strata_py_parser_expect     (StrataPyParser *self,
                                           StrataPySymbol  symbol);
void          strata_py_parser_expect_kind (StrataPyParser *self,
                                           StrataPyTokenKind kind);
gboolean      strata_py_parser_at_word    (StrataPyParser *self,
                                           const char     *word);
const char   *strata_py_parser_name       (StrataPyParser *self);
void          strata_py_parser_fail       (StrataPyParser *self,
                                           guint32         offset,
                                           const char     *message);
void          strata_py_parser_unexpected (StrataPyParser *self);
/* FALSE, and poisoned, where recursion is too deep. */
gboolean      strata_py_parser_enter      (StrataPyParser *self);
void          strata_py_parser_leave      (StrataPyParser *self);

/* Nodes */
StrataPyNode *strata_py_parser_node       (StrataPyParser *self,
                                           StrataPyKind    kind,
                                           guint32         offset);
/* Ends a node at the last accepted token, and measures it. */
StrataPyNode *strata_py_parser_done       (StrataPyParser *self,
                                           StrataPyNode   *node);
StrataPyNode *strata_py_parser_pair       (StrataPyParser *self,
                                           StrataPyKind    kind,
                                           guint32         offset,
                                           StrataPyNode   *first,
                                           StrataPyNode   *second);
StrataPyNode *strata_py_parser_parent     (StrataPyParser *self,
                                           StrataPyKind    kind,
                                           guint32         offset,
                                           StrataPyNode   *child);
guint         strata_py_parser_open_list  (StrataPyParser *self);
void          strata_py_parser_push       (StrataPyParser *self,
                                           StrataPyNode   *node);
StrataPyList  strata_py_parser_close_list (StrataPyParser *self,
                                           guint           mark);

/* Expressions */
StrataPyNode *strata_py_parse_expression  (StrataPyParser *self);
StrataPyNode *strata_py_parse_named       (StrataPyParser *self);   /* also "name := value" */
StrataPyNode *strata_py_parse_list        (StrataPyParser *self);   /* "a, *b": one, or a tuple */
StrataPyNode *strata_py_parse_value       (StrataPyParser *self);   /* also yield */
StrataPyNode *strata_py_parse_disjunction (StrataPyParser *self);   /* without "if ... else" and lambda */
StrataPyNode *strata_py_parse_operand     (StrataPyParser *self);   /* of a comparison: no "in" */
StrataPyNode *strata_py_parse_unary       (StrataPyParser *self);
StrataPyNode *strata_py_parse_atom        (StrataPyParser *self);
StrataPyNode *strata_py_parse_strings     (StrataPyParser *self);
StrataPyNode *strata_py_parse_targets     (StrataPyParser *self);   /* of a loop: up to "in" */
void          strata_py_parse_comp_fors   (StrataPyParser *self,
                                           StrataPyNode   *node);
void          strata_py_parse_arguments   (StrataPyParser *self,
                                           StrataPyList   *arguments,
                                           StrataPyList   *keywords);
gboolean      strata_py_parser_at_end_of_list (StrataPyParser *self);
void          strata_py_parser_check_target (StrataPyParser     *self,
                                             const StrataPyNode *node);

/* Statements */
void          strata_py_parse_statement   (StrataPyParser *self);
StrataPyNode *strata_py_parse_compound    (StrataPyParser *self);   /* NULL: it is none */
StrataPyNode *strata_py_parse_simple      (StrataPyParser *self);
StrataPyNode *strata_py_parse_definition  (StrataPyParser *self);   /* decorators, def, class */
StrataPyNode *strata_py_parse_match       (StrataPyParser *self);
StrataPyList  strata_py_parse_block       (StrataPyParser *self);
StrataPyList  strata_py_parse_parameters  (StrataPyParser *self,
                                           StrataPySymbol  end,
                                           gboolean        annotated);
StrataPyList  strata_py_parse_type_parameters (StrataPyParser *self);

G_END_DECLS
