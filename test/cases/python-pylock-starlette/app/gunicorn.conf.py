bind = "127.0.0.1:8040"
worker_class = "uvicorn_worker.UvicornWorker"
graceful_timeout = 5
