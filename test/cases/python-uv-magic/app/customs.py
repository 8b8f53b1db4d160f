import os
from pathlib import Path

import magic
from fastapi import FastAPI, UploadFile

UPLOADS = Path("uploads")
UPLOADS.mkdir(exist_ok=True)
app = FastAPI()


@app.get("/kind")
def kind() -> dict[str, str]:
    return {"kind": magic.from_buffer(b"%PDF-1.7", mime=True)}


@app.post("/declare")
async def declare(file: UploadFile) -> dict[str, str]:
    data = await file.read()
    (UPLOADS / os.path.basename(file.filename or "unnamed")).write_bytes(data)
    return {"kind": magic.from_buffer(data, mime=True)}
