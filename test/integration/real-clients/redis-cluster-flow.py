# What applications do with the cluster client of the public package redis. Prints one JSON object. Arguments: the port of a node, the
# protocol.
import json
import sys

from redis.cluster import RedisCluster

client = RedisCluster(host="127.0.0.1", port=int(sys.argv[1]), protocol=int(sys.argv[2]), decode_responses=True)

for i in range(30):
    client.set(f"key:{i}", i)

pipeline = client.pipeline()
for i in range(30):
    pipeline.get(f"key:{i}")

client.hset("hash{tag}", mapping={"a": "1"})
client.zadd("scores{tag}", {"x": 1.5})

print(
    json.dumps(
        {
            "nodes": len(client.get_primaries()),
            "got": sum(int(value) for value in pipeline.execute()),
            "isSlotTheSame": client.cluster_keyslot("hash{tag}") == client.keyslot("hash{tag}"),
            "hash": client.hgetall("hash{tag}"),
            "score": client.zscore("scores{tag}", "x"),
            "state": client.cluster_info()["cluster_state"],
        }
    )
)
