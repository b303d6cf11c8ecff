# The flow of a consumer in Python, with the public package redisai: references, one DAG on two devices, the score.
# Prints one JSON object for the test that runs it. Argument: the port.
import json
import sys
import warnings

import numpy
import redis
import redisai

warnings.simplefilter("ignore")
con = redisai.Client(host="127.0.0.1", port=int(sys.argv[1]))
MODELS = ["fraud_detection_model{tag}_CPU", "fraud_detection_model{tag}_CPU:1"]
SCRIPT = "helper_script{tag}"

keys_before = con.dbsize()
references = con.zrevrangebyscore("references{tag}", 10**9, 0, start=0, num=10)
transaction = numpy.linspace(-1, 1, 30, dtype=numpy.float32).reshape(1, 30)

dag = con.dag(persist=["result{tag}"])
dag.tensorset("transaction{tag}", transaction)
dag.scriptexecute(SCRIPT, "hashes_to_tensor", keys=references, outputs="reference{tag}")
for i, model in enumerate(MODELS):
    dag.modelexecute(model, inputs=["transaction{tag}", "reference{tag}"], outputs=f"output_{i}{{tag}}")
dag.scriptexecute(SCRIPT, "post_processing", inputs=["output_0{tag}", "output_1{tag}"], outputs="result{tag}")
dag_replies = dag.execute()
result = con.tensorget("result{tag}")

# The same in single commands.
con.tensorset("transaction{tag}", transaction)
con.scriptexecute(SCRIPT, "hashes_to_tensor", keys=references, outputs="reference{tag}")
con.modelexecute(MODELS[0], inputs=["transaction{tag}", "reference{tag}"], outputs=["output{tag}"])

try:
    con.modelget("nosuch")
    refusal = ""
except redis.ResponseError as error:
    refusal = str(error)

model = con.modelget(MODELS[0])
info = con.infoget(MODELS[0])
reset = con.inforeset(MODELS[0])
print(
    json.dumps(
        {
            "dbsize": keys_before,
            "references": len(references),
            "dag": dag_replies,
            "shape": list(result.shape),
            "type": str(result.dtype),
            "sum": float(result.sum()),
            "apart": float(abs(result - con.tensorget("output{tag}")).max()),
            "model": {key: value for key, value in model.items() if key in ("backend", "device", "inputs", "outputs")},
            "modelBytes": len(model["blob"]),
            "scriptBytes": len(con.scriptget(SCRIPT)["source"]),
            "models": sorted(name for name, _ in con.modelscan()),
            "scripts": [name for name, _ in con.scriptscan()],
            "info": {key: info[key] for key in ("key", "type", "backend", "device", "calls", "errors")},
            "reset": reset,
            "refusal": refusal,
        }
    )
)
