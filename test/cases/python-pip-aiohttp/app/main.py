import os
from pathlib import Path

import aiosqlite
from aiohttp import web
from lxml import etree

DATABASE = Path(os.environ.get("CHART_DB", "charts.db"))
routes = web.RouteTableDef()


@routes.get("/chart")
async def chart(request: web.Request) -> web.Response:
    tree = etree.fromstring("<chart><name>Ushant</name></chart>")
    return web.Response(text=f"chart of {tree.findtext('name')}")


@routes.get("/seen")
async def seen(request: web.Request) -> web.Response:
    async with aiosqlite.connect(DATABASE) as db:
        await db.execute("create table if not exists seen (at text)")
        await db.execute("insert into seen values (datetime())")
        await db.commit()
        async with db.execute("select count(*) from seen") as rows:
            (count,) = await rows.fetchone()
    return web.Response(text=f"seen {count} times")


app = web.Application()
app.add_routes(routes)

if __name__ == "__main__":
    web.run_app(app, host=os.environ.get("HOST", "127.0.0.1"), port=int(os.environ.get("PORT", "8088")))
