// What each command does, in one line, as COMMAND DOCS tells it: clients show it while one types.

const LINES = `
auth|says who the connection is
echo|gives back the text
hello|chooses the version of the protocol, and says who the connection is
ping|answers PONG, or the text
quit|closes the connection
reset|puts the connection back to how it began
copy|copies the value of a key to another key
dbsize|counts the keys of the database
del|removes keys
exists|counts which of the keys are there
flushall|removes all keys of all databases
flushdb|removes all keys of the database
keys|lists the keys that fit a pattern
move|moves a key to another database
randomkey|gives some key
rename|gives a key another name
renamenx|gives a key another name that is free
scan|goes through the keys, some at a time
select|chooses the database of the connection
swapdb|exchanges two databases
touch|counts which of the keys are there
type|tells the type of a value
unlink|removes keys
expire|sets how many seconds a key has to live
pexpire|sets how many milliseconds a key has to live
expireat|sets the second at which a key ends
pexpireat|sets the millisecond at which a key ends
ttl|tells how many seconds a key has to live
pttl|tells how many milliseconds a key has to live
expiretime|tells the second at which a key ends
pexpiretime|tells the millisecond at which a key ends
persist|lets a key live for ever
dump|gives a value as bytes, for RESTORE
restore|makes a value of the bytes of DUMP
restore-asking|RESTORE as ASKING would have it: how a key comes to a node of a cluster
migrate|sends keys to another node of the cluster
object|tells how a value is held
memory|tells how much memory a value takes
append|adds to the end of a string
get|gives the string of a key
getdel|gives the string of a key and removes it
getex|gives the string of a key and sets when it ends
getrange|gives a part of a string
getset|sets a string and gives the one before
lcs|finds the longest common subsequence of two strings
mget|gives the strings of several keys
mset|sets several strings
msetnx|sets several strings where none of the keys is there
psetex|sets a string that lives for some milliseconds
set|sets a string, whatever was there
setex|sets a string that lives for some seconds
setnx|sets a string where the key is not there
setrange|writes over a part of a string
strlen|tells how long a string is
substr|gives a part of a string
decr|takes one from a whole number
decrby|takes so much from a whole number
incr|adds one to a whole number
incrby|adds so much to a whole number
incrbyfloat|adds so much to a number
bitcount|counts the bits that are set
bitop|combines strings bit by bit
bitpos|finds the first bit that is 0 or 1
getbit|gives one bit
setbit|sets one bit
hdel|removes fields of a hash
hexists|tells whether a hash has a field
hget|gives the value of a field
hgetall|gives all fields and values of a hash
hincrby|adds so much to a field, a whole number
hincrbyfloat|adds so much to a field, a number
hkeys|lists the fields of a hash
hlen|counts the fields of a hash
hmget|gives the values of several fields
hmset|sets several fields
hrandfield|gives random fields of a hash
hscan|goes through a hash, some fields at a time
hset|sets fields, and counts the new ones
hsetnx|sets a field that is not there
hstrlen|tells how long the value of a field is
hvals|lists the values of a hash
lindex|gives the item at a place of a list
linsert|puts an item before or after another
llen|counts the items of a list
lmove|takes an item from one list and adds it to another
lpop|takes items from the head of a list
lpos|finds the places of an item
lpush|adds items to the head of a list
lpushx|adds items to the head of a list that is there
lrange|gives the items between two places
lrem|removes items that are equal to one
lset|sets the item at a place
ltrim|keeps the items between two places
rpop|takes items from the tail of a list
rpoplpush|takes the last item of one list and puts it first in another
rpush|adds items to the tail of a list
rpushx|adds items to the tail of a list that is there
sadd|adds members to a set
scard|counts the members of a set
sdiff|gives what is in the first set only
sdiffstore|stores what is in the first set only
sinter|gives what is in all sets
sintercard|counts what is in all sets
sinterstore|stores what is in all sets
sismember|tells whether a set has a member
smembers|lists the members of a set
smismember|tells which members a set has
smove|moves a member to another set
spop|takes random members
srandmember|gives random members
srem|removes members
sscan|goes through a set, some members at a time
sunion|gives what is in any of the sets
sunionstore|stores what is in any of the sets
zadd|adds members with scores to a sorted set
zcard|counts the members of a sorted set
zincrby|adds so much to the score of a member
zmscore|gives the scores of members
zrandmember|gives random members of a sorted set
zrank|tells the place of a member, lowest score first
zrem|removes members of a sorted set
zrevrank|tells the place of a member, highest score first
zscan|goes through a sorted set, some members at a time
zscore|gives the score of a member
zrange|gives the members in a range of places, scores or texts
zrangebylex|gives the members in a range of texts
zrangebyscore|gives the members in a range of scores
zrevrange|gives the members in a range of places, highest score first
zrevrangebylex|gives the members in a range of texts, last first
zrevrangebyscore|gives the members in a range of scores, highest first
zrangestore|stores a range of a sorted set
zcount|counts the members in a range of scores
zlexcount|counts the members in a range of texts
zremrangebylex|removes the members in a range of texts
zremrangebyrank|removes the members in a range of places
zremrangebyscore|removes the members in a range of scores
zpopmax|takes the members with the highest scores
zpopmin|takes the members with the lowest scores
zunion|gives what is in any of the sorted sets
zinter|gives what is in all sorted sets
zdiff|gives what is in the first sorted set only
zunionstore|stores what is in any of the sorted sets
zinterstore|stores what is in all sorted sets
zdiffstore|stores what is in the first sorted set only
zintercard|counts what is in all sorted sets
blmove|LMOVE that waits for an item
blmpop|LMPOP that waits for an item
blpop|LPOP from the first of several lists, waiting for an item
brpop|RPOP from the first of several lists, waiting for an item
brpoplpush|RPOPLPUSH that waits for an item
lmpop|takes items from the first of several lists that has any
bzmpop|ZMPOP that waits for a member
bzpopmax|ZPOPMAX from the first of several sorted sets, waiting for a member
bzpopmin|ZPOPMIN from the first of several sorted sets, waiting for a member
zmpop|takes members from the first of several sorted sets that has any
sort|sorts the items of a list, a set or a sorted set, and may store them
sort_ro|sorts the items of a list, a set or a sorted set
publish|sends a message, which nobody can receive here
spublish|sends a message, which nobody can receive here
subscribe|is refused: there are no subscriptions here
psubscribe|is refused: there are no subscriptions here
ssubscribe|is refused: there are no subscriptions here
pubsub|tells of subscriptions, of which there are none
discard|forgets what MULTI has queued
exec|runs what MULTI has queued
multi|begins a transaction
unwatch|forgets the watched keys
watch|lets EXEC do nothing if one of the keys changes before
info|tells about the engine
time|tells the time
role|tells that this is no replica
wait|waits for replicas, of which there are none
lolwut|tells what this is
cluster|is refused: there is no cluster
readonly|is refused: there is no cluster
readwrite|is refused: there is no cluster
asking|is refused: there is no cluster
debug|is refused
eval|is refused: there is no Lua
eval_ro|is refused: there is no Lua
evalsha|is refused: there is no Lua
evalsha_ro|is refused: there is no Lua
slowlog|shows the last commands that took long
latency|tells of latency events, which are not watched
module|lists modules
script|manages Lua scripts, of which there are none
function|manages Lua functions, of which there are none
save|writes a snapshot
bgsave|writes a snapshot while commands go on
bgrewriteaof|rewrites the log of commands, of which there is none
lastsave|tells when the last snapshot was written
shutdown|ends the engine
config|shows and changes settings
client|shows, names and ends connections
command|tells about commands
acl|shows and changes users and their rights
ai.tensorset|stores a tensor
ai.tensorget|gives a tensor
ai.modelstore|stores a model
ai.modelset|stores a model (older form)
ai.modelget|gives a model and how it is run
ai.modeldel|removes a model
ai._modelscan|lists the models
ai.scriptstore|stores a script
ai.scriptset|stores a script (older form)
ai.scriptget|gives a script
ai.scriptdel|removes a script
ai._scriptscan|lists the scripts
ai.modelexecute|runs a model on tensors
ai.scriptexecute|runs a function of a script
ai.modelrun|runs a model on tensors (older form)
ai.scriptrun|runs a function of a script (older form)
ai.dagexecute|runs models and scripts one after another and side by side, over tensors without keys
ai.dagexecute_ro|the same, without storing anything
ai.dagrun|runs models and scripts in one command (older form)
ai.dagrun_ro|the same, without storing anything (older form)
ai.info|tells how often a model or script was run, and how long it took
ai.config|shows and changes settings of the AI commands
`;

/** By name, lower case. */
export const SUMMARIES: ReadonlyMap<string, string> = new Map(
  LINES.trim()
    .split('\n')
    .map((line) => line.split('|', 2) as [string, string]),
);
