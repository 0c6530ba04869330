/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/library.h"

#include <stdlib.h>
#include <string.h>

/* Modules of Python and of well-known packages that are no more than met in programs with a database: whatever is called
 * in them, no variable of the environment that says which database changes by it. Sorted, for bsearch(). */
static const char * const names[] = {
  "Crypto", "Cryptodome", "OpenSSL", "PIL", "aioboto3", "aiobotocore", "aiocache", "aiofiles", "aiogram",
  "aiohttp_retry", "aioitertools", "aiokafka", "aiomysql", "aiosmtplib", "altair", "annotated_types", "anthropic",
  "apispec", "apispec_webframeworks", "apscheduler", "argon2", "arq", "array", "asgi_correlation_id", "asgi_lifespan",
  "asgiref", "async_lru", "async_timeout", "asyncpg_listen", "attr", "authlib", "babel", "backoff", "beanie",
  "billiard", "binascii", "bisect", "bleach", "blinker", "boltons", "bs4", "bz2", "cachelib", "cachetools",
  "calendar", "casbin", "catboost", "cattr", "cattrs", "cbor2", "certifi", "cffi", "chardet", "charset_normalizer",
  "chromadb", "clickhouse_connect", "clickhouse_driver", "clip", "cloudinary", "cloudpickle", "cmath", "cohere",
  "colander", "coloredlogs", "colorsys", "comet_ml", "connexion", "cornice", "coverage", "croniter", "cv2", "cytoolz", "dacite",
  "dask", "databases", "dataclasses_json", "dateparser", "debtcollector", "decorator", "deepdiff", "defusedxml",
  "deprecated", "deprecation", "difflib", "discord", "dns", "docker", "docutils", "docx", "dogpile", "dramatiq",
  "duckdb", "durationpy", "easydict", "elasticsearch", "elasticsearch_dsl", "email", "email_validator", "emails",
  "emoji", "encodings", "errno", "eventlet", "factory", "faiss", "faker", "fakeredis", "fastapi_babel",
  "fastapi_cache", "fastapi_cli", "fastapi_events", "fastapi_filter", "fastapi_limiter", "fastapi_mail",
  "fastapi_pagination", "fastapi_sso", "fastapi_users_db_sqlalchemy", "fastapi_users_db_sqlmodel", "fastapi_utils",
  "fasteners", "faulthandler", "feedgen", "feedparser", "filecmp", "filelock", "filetype", "firebase_admin",
  "flasgger", "fractions", "frontmatter", "fsspec", "ftfy", "funcy", "fuzzywuzzy", "gc", "geoip2", "geojson",
  "geopandas", "geopy", "getopt", "gettext", "gevent", "github", "google_auth_oauthlib", "googleapiclient", "gradio",
  "graphene", "graphene_sqlalchemy", "graphql", "groq", "grp", "grpc", "gspread", "gunicorn", "gzip", "h3", "hashids",
  "heapq", "html2text", "httpcore", "httplib2", "httpx_oauth", "httpx_sse", "httpx_ws", "huggingface_hub",
  "humanfriendly", "humanize", "idna", "imghdr", "importlib_metadata", "importlib_resources", "inflect", "inflection",
  "influxdb", "influxdb_client", "instructor", "isodate", "itsdangerous", "jira", "jmespath", "joblib", "joserfc",
  "jsonpatch", "jsonpath_ng", "jsonpickle", "jsonpointer", "jsonschema", "jwcrypto", "kafka", "keras",
  "keystoneauth1", "keyword", "kubernetes", "langchain", "langchain_anthropic", "langchain_community",
  "langchain_core", "langchain_google_genai", "langchain_openai", "langchain_text_splitters", "langdetect",
  "langfuse", "langgraph", "langsmith", "lark", "ldap", "ldap3", "libsql", "lightgbm", "limits", "linecache",
  "llama_index", "lxml", "lz4", "lzma", "magic", "mako", "markdown", "markdown2", "markdown_it",
  "markdownify", "markupsafe", "marshmallow_enum", "marshmallow_sqlalchemy", "mashumaro", "matplotlib", "maxminddb",
  "mcp", "mimetypes", "minio", "mistralai", "mistune", "mlflow", "more_itertools", "motor", "msal", "msgpack",
  "msgspec", "mutagen", "mysql", "nacl", "nanoid", "netaddr", "netrc", "networkx", "newspaper", "nh3", "nltk",
  "num2words", "oauth2client", "oauthlib", "odf", "odmantic", "ollama", "onnxruntime", "open_clip", "openai",
  "openpyxl", "opensearchpy", "optuna", "oracledb", "orjson", "ormar", "oslo_concurrency", "oslo_context",
  "oslo_i18n", "oslo_log", "oslo_messaging", "oslo_middleware", "oslo_policy", "oslo_serialization", "oslo_service",
  "oslo_utils", "packaging", "paho", "paramiko", "parse", "parso", "partial_json_parser", "patsy", "peewee",
  "phonenumbers", "pickle", "pika", "pikepdf", "pillow_heif", "pinecone", "playwright", "plistlib", "plotly",
  "polars", "posthog", "pptx", "prettytable", "prometheus_fastapi_instrumentator", "promise", "prompt_toolkit",
  "psutil", "psycogreen", "psycopg2cffi", "psycopg_pool", "pwd", "pwdlib", "py_vapid", "pyarrow", "pyasn1", "pyclamd",
  "pycountry", "pycryptodome", "pydantic_ai", "pydantic_core", "pydantic_extra_types", "pydash", "pydub", "pygments",
  "pylibmc", "pymemcache", "pymongo", "pymupdf", "pyodbc", "pyotp", "pyparsing", "pypdf", "pypdfium2", "pypinyin",
  "pyproj", "pyqrcode", "pyramid", "pyramid_retry", "pyramid_tm", "pysnmp", "pytesseract",
  "python_http_client", "python_jwt", "pythonjsonlogger",
  "pytimeparse", "pywebpush", "qdrant_client", "qrcode", "quopri", "rapidfuzz", "rasterio", "ratelimit", "razorpay",
  "readability", "redlock", "regex", "reportlab", "requests_oauthlib", "resend", "resource", "rest_framework",
  "rfc3986", "rq", "rsa", "ruamel", "s3fs", "saml2", "scipy", "scrapy", "seaborn", "segno", "select", "selectors",
  "selenium", "semver", "sendgrid", "sentence_transformers", "service_identity", "setproctitle", "simple_salesforce",
  "six", "skimage", "sklearn", "slack_bolt", "slack_sdk", "slugify", "smart_open", "smtplib", "socketio",
  "socketserver", "sortedcontainers", "spacy", "sqladmin", "sqlalchemy_continuity", "sqlalchemy_continuum",
  "sqlalchemy_file", "sqlalchemy_filters", "sqlalchemy_helpers", "sqlalchemy_json", "sqlalchemy_libsql",
  "sqlalchemy_mixins", "sqlalchemy_searchable", "sqlalchemy_serializer", "sqlglot", "sqlparse", "sse_starlette",
  "stamina", "starlette_admin", "starlette_context", "starlette_exporter", "stat", "statistics", "statsd",
  "statsmodels", "strawberry", "stringprep", "structlog_sentry", "supabase", "svix", "tabulate", "tarfile", "taskiq",
  "telebot", "telegram", "telethon", "tensorflow", "termcolor", "text_unidecode", "textual", "tiktoken",
  "time_machine", "timeit", "timezonefinder", "tldextract", "token", "tokenize", "tokenizers", "toolz", "torch",
  "torchaudio", "torchvision", "tornado", "tortoise", "tqdm", "tracemalloc", "trafilatura", "transaction",
  "transformers", "twilio",
  "tzlocal", "ua_parser", "ulid", "unicodedata", "unidecode", "urllib3", "user_agents", "uuid6", "uuid_extensions",
  "uuid_utils", "validators", "vine", "voluptuous", "w3lib", "wandb", "watchdog", "watchfiles", "wave", "weasyprint",
  "web3", "webargs", "webbrowser", "webob", "websocket", "websockets", "whitenoise", "whoosh", "wrapt", "wsproto",
  "wtforms", "wtforms_sqlalchemy", "xgboost", "xlrd", "xlsxwriter", "xlwt", "xmlrpc", "xmltodict", "yfinance",
  "youtube_dl", "yt_dlp", "zeep", "zipfile", "zmq", "zope", "zstandard", "zxcvbn",
};

static int
compare (gconstpointer name,
         gconstpointer entry)
{
  const char *text = *(const char * const *) entry;
  gsize length = strcspn (name, ".([");
  int order = strncmp (name, text, length);

  return order != 0 || text[length] == '\0' ? order : -1;
}

gboolean
strata_env_library_is_met (const char *name)
{
  return *name != '\0' && bsearch (name, names, G_N_ELEMENTS (names), sizeof names[0], compare) != NULL;
}
