from cryptography.hazmat.primitives import hashes
from sanic import Request, Sanic, text

app = Sanic("semaphore")


@app.get("/signal/<word:str>")
async def signal(request: Request, word: str):
    digest = hashes.Hash(hashes.SHA256())
    digest.update(word.encode())
    return text(digest.finalize().hex())


@app.get("/healthz")
async def healthz(request: Request):
    return text("ok")
