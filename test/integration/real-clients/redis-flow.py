# What applications do with the public package redis. Prints one JSON object. Arguments: the port, the protocol.
import json
import sys

import redis

con = redis.Redis(port=int(sys.argv[1]), protocol=int(sys.argv[2]), decode_responses=True)
con.flushdb()
con.set("text", "a", ex=1000)
con.hset("hash", mapping={"a": 1, "b": 2})
con.zadd("scores", {"x": 1.5, "y": 2})
con.sadd("members", "m")

with con.pipeline() as transaction:
    transaction.watch("text")
    transaction.multi()
    transaction.get("text")
    transaction.incr("counter")
    executed = transaction.execute()

try:
    con.incr("text")
    refusal = ""
except redis.ResponseError as error:
    refusal = str(error)

print(
    json.dumps(
        {
            "ping": con.ping(),
            "version": con.info("server")["redis_version"],
            "hash": con.hgetall("hash"),
            "scores": [list(pair) for pair in con.zrange("scores", 0, -1, withscores=True)],
            "members": list(con.smembers("members")),
            "ttl": con.ttl("text"),
            "executed": executed,
            "scanned": sorted(con.scan_iter(count=2)),
            "maxclients": con.config_get("maxclients"),
            "clients": len(con.client_list()),
            "commandsKnown": len(con.command()) == con.command_count(),
            "user": con.acl_whoami(),
            "sorted": con.sort("members", alpha=True),
            "listeners": con.publish("channel", "message"),
            "refusal": refusal,
        }
    )
)
