# Runs inside RedisAI: the history of a transaction as the model's second input, and the two devices' answers as one.


# One row of 256 numbers: the fields of up to ten reference hashes, one hash after the other, then zeros.
# Without keys it is all zeros. A hash that is gone by now is left out.
def hashes_to_tensor(tensors: List[Tensor], keys: List[str], args: List[str]):
    numbers: List[float] = []
    for key in keys[:10]:
        for field in redis.asList(redis.execute("HVALS", key)):
            numbers.append(float(str(field)))
    row = torch.zeros([1, 256])
    count = min(len(numbers), 256)
    if count > 0:
        row[0, :count] = torch.tensor(numbers[:count])
    return row


# The same row, looked up here: keys has the sorted set of reference keys, args the latest and the earliest time, the key that
# the transaction itself would have, and how many references there may be. Second, how many there are, and how many of
# their hashes are there still.
def references_to_tensor(tensors: List[Tensor], keys: List[str], args: List[str]):
    limit = int(args[3])
    numbers: List[float] = []
    used = 0
    present = 0
    newest = redis.execute("ZREVRANGEBYSCORE", keys[0], args[0], args[1], "LIMIT", "0", str(limit + 1))
    for found in redis.asList(newest):
        key = str(found)
        if key != args[2] and used < limit:
            used += 1
            before = len(numbers)
            for field in redis.asList(redis.execute("HVALS", key)):
                numbers.append(float(str(field)))
            if len(numbers) > before:
                present += 1
    row = torch.zeros([1, 256])
    count = min(len(numbers), 256)
    if count > 0:
        row[0, :count] = torch.tensor(numbers[:count])
    return [row, torch.tensor([float(used), float(present)])]


# The same two, in one call: RedisAI takes the server's lock for each, which costs it more than all that is done here.
def references_to_tensor_by_lua(tensors: List[Tensor], keys: List[str], args: List[str]):
    text = str(redis.execute(
        "EVAL",
        "local out = {0, 0} "
        "local newest = redis.call('ZREVRANGEBYSCORE', KEYS[1], ARGV[1], ARGV[2], 'LIMIT', 0, ARGV[4] + 1) "
        "for _, key in ipairs(newest) do "
        "if key ~= ARGV[3] and out[1] < tonumber(ARGV[4]) then "
        "out[1] = out[1] + 1 "
        "local values = redis.call('HVALS', key) "
        "if #values > 0 then out[2] = out[2] + 1 end "
        "for _, value in ipairs(values) do out[#out + 1] = value end "
        "end "
        "end "
        "return table.concat(out, ' ')",
        "1", keys[0], args[0], args[1], args[2], args[3]))
    numbers: List[float] = []
    for word in text.split(" "):
        numbers.append(float(word))
    row = torch.zeros([1, 256])
    count = min(len(numbers) - 2, 256)
    if count > 0:
        row[0, :count] = torch.tensor(numbers[2:count + 2])
    return [row, torch.tensor(numbers[:2])]


# The mean of the two predictions.
def post_processing(tensors: List[Tensor], keys: List[str], args: List[str]):
    return torch.add(tensors[0], tensors[1]) * 0.5
