from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static


async def index(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f'<link href="{static("log.css")}">Wind force 7, reefed twice')


def keep(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("create table if not exists entry (line text)")
        cursor.execute("insert into entry values ('wind')")
        cursor.execute("select count(*) from entry")
        (count,) = cursor.fetchone()
    settings.MEDIA_ROOT.mkdir(exist_ok=True)
    (settings.MEDIA_ROOT / "last.txt").write_text(str(count))
    return HttpResponse(f"entries: {count}")
