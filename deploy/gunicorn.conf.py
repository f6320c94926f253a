"""Gunicorn: threads, because pages wait for the database; workers recycle before they grow."""

import os

bind = os.environ.get("OKRTRACK_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("OKRTRACK_WEB_WORKERS", "3"))
threads = int(os.environ.get("OKRTRACK_WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
accesslog = None
control_socket_disable = True
