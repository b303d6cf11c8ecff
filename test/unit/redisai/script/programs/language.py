# The language itself: names, control flow, functions, comprehensions, types.


def helper_double(x: int):
    return x * 2


def helper_defaults(a: int, b: int = 10, scale: float = 0.5):
    return (a + b) * scale


def helper_keyword_only(a: int, *, b: int):
    return a - b


def helper_optional(x: Optional[int]):
    if x is None:
        return -1
    return x + 1


def helper_none_first(x: Optional[List[int]]) -> int:
    if x is not None and len(x) > 0:
        return x[0]
    return 0


def calls():
    return helper_double(helper_double(3)) + helper_double(x=1)  # = 14


def defaults():
    return helper_defaults(1), helper_defaults(1, 2), helper_defaults(1, scale=2.0)  # = [5.5, 1.5, 22]


def keyword_only():
    return helper_keyword_only(5, b=3)  # = 2


def optionals():
    return helper_optional(None), helper_optional(4), helper_none_first(None), helper_none_first([7])  # = [-1, 5, 0, 7]


def unpacking():
    a, b = 1, 2
    a, b = b, a
    (c, d), e = (a + 10, b + 20), 5
    return a, b, c, d, e  # = [2, 1, 12, 21, 5]


def unpacks_lists():
    a, b = [3, 4]
    return a * b  # = 12


def chained_assignment():
    a = b = 3
    b += 1
    return a, b  # = [3, 4]


def augmented():
    x = 7
    x += 1
    x *= 3
    x -= 2
    x //= 4
    x %= 3
    x **= 2
    return x  # = 4


def if_chain():
    out: List[str] = []
    for x in [-1, 0, 5]:
        if x < 0:
            out.append("negative")
        elif x == 0:
            out.append("zero")
        else:
            out.append("positive")
    return out  # = ["negative", "zero", "positive"]


def while_loop():
    n = 27
    steps = 0
    while n != 1:
        if n % 2 == 0:
            n = n // 2
        else:
            n = 3 * n + 1
        steps += 1
    return steps  # = 111


def break_and_continue():
    seen: List[int] = []
    for i in range(100):
        if i % 2 == 0:
            continue
        if i > 9:
            break
        seen.append(i)
    return seen  # = [1, 3, 5, 7, 9]


def ranges():
    return list(range(3)), list(range(2, 5)), list(range(10, 0, -3)), list(range(5, 5))  # = [[0, 1, 2], [2, 3, 4], [10, 7, 4, 1], []]


def range_is_fixed_when_it_begins():
    n = 3
    rounds = 0
    for i in range(n):
        n = 100
        i = 50
        rounds += 1
    return rounds  # = 3


def enumerates_and_zips():
    out: List[str] = []
    for i, (name, value) in enumerate(zip(["a", "b", "c"], [1.5, 2.5])):
        out.append("{}{}{}".format(i, name, value))
    return out  # = ["0a1.5", "1b2.5"]


def enumerates_from():
    return [i * 10 + x for i, x in enumerate([1, 2], 5)]  # = [51, 62]


def iterates_text_dict_and_tensor():
    out: List[str] = []
    for char in "hi":
        out.append(char)
    for key in {"x": 1, "y": 2}:
        out.append(key)
    for row in torch.tensor([[1, 2], [3, 4]]):
        out.append(str(int(row.sum())))
    return out  # = ["h", "i", "x", "y", "3", "7"]


def iterates_items():
    total = 0
    for key, value in {"a": 1, "bb": 20}.items():
        total += len(key) * value
    return total  # = 41


def list_that_grows_under_the_loop():
    xs = [1, 2]
    for x in xs:
        if len(xs) < 5:
            xs.append(x * 10)
    return xs  # = [1, 2, 10, 20, 100]


def comprehensions():
    squares = [x * x for x in range(5) if x % 2 == 0]
    lengths = {w: len(w) for w in ["a", "bb"]}
    nested = [[i * j for j in range(2)] for i in range(3)]
    return squares, lengths, nested  # = [[0, 4, 16], {"a": 1, "bb": 2}, [[0, 0], [0, 1], [0, 2]]]


def comprehension_keeps_outer_names():
    x = 5
    ys = [x for x in range(3)]
    return ys  # = [0, 1, 2]


def conditional_expressions():
    return [("even" if i % 2 == 0 else "odd") for i in range(3)]  # = ["even", "odd", "even"]


def chained_comparisons():
    out: List[bool] = []
    for x in [0, 5, 10]:
        out.append(0 < x < 10)
    return out  # = [False, True, False]


def middle_of_a_chain_is_worked_out_once():
    calls: List[int] = [0]
    return 1 < helper_count(calls) < 5, calls[0]  # = [False, 1]


def helper_count(calls: List[int]):
    calls[0] += 1
    return calls[0]


def short_circuit():
    xs: List[int] = []
    return len(xs) > 0 and xs[0] > 1, len(xs) == 0 or xs[0] > 1  # = [False, True]


def membership():
    return 2 in [1, 2], 3 not in [1, 2], "b" in {"a": 1}, "ell" in "hello"  # = [True, True, False, True]


def lists_are_shared():
    a = [1]
    b = a
    b.append(2)
    return a  # = [1, 2]


def augmented_list_is_shared():
    a = [1]
    b = a
    b += [2]
    return a  # = [1, 2]


def slices():
    xs = [0, 1, 2, 3, 4]
    return xs[1:3], xs[:-1], xs[-2:], xs[::2], xs[::-1], xs[10:], xs[3:1]  # = [[1, 2], [0, 1, 2, 3], [3, 4], [0, 2, 4], [4, 3, 2, 1, 0], [], []]


def f_strings():
    x = 3
    name = "n"
    return f"{name}={x + 1}, {{{x}}} {[1, 2]}"  # = "n=4, {3} [1, 2]"


def triple_quoted():
    """A docstring is an expression like any other."""
    return """a
b"""  # = "a\nb"


def lines_go_on_in_brackets():
    return (1 +
            2) + 3 \
        + 4  # = 10


def annotated():
    a: Dict[str, List[int]] = {}
    a["x"] = []
    a["x"].append(1)
    b: list[tuple[int, str]] = [(1, "a")]
    c: Optional[Tensor] = None
    return a, b, c  # = [{"x": [1]}, [[1, "a"]], None]


def annotates():
    xs = torch.jit.annotate(List[int], [])
    xs.append(4)
    return xs  # = [4]


def isinstance_of_static_types():
    x = 1
    return isinstance(x, int), isinstance(x, float), isinstance(x, (str, int))  # = [True, False, True]


def optional_becomes_known():
    x: Optional[int] = None
    if len("abc") > 2:
        x = 5
    assert x is not None
    return x + 1  # = 6


def negative_zero_is_zero_for_ints():
    return str(0 * -5), 0 // -3, -0  # = ["0", 0, 0]


def returns_nothing():
    x = 1  # = None


def types_may_change_at_one_level():
    x = 1
    x = "a"
    return x  # = "a"


def tuples():
    t = (1, "a", 2.5)
    return t[0], t[-1], len(t[1])  # = [1, 2.5, 1]


def equality_of_lists():
    return [1, 2] == [1, 2], [[1]] == [[2]], [1] != [1, 2]  # = [True, False, True]


def list_methods():
    xs = [3, 1, 2]
    xs.insert(1, 7)
    xs.remove(3)
    xs.reverse()
    ys = xs.copy()
    ys.clear()
    xs.sort()
    xs.extend([9, 8])
    last = xs.pop()
    first = xs.pop(0)
    return xs, ys, last, first, xs.index(7), xs.count(7)  # = [[2, 7, 9], [], 8, 1, 1, 1]


def list_functions():
    xs = [3, 1, 2]
    return sum(xs), max(xs), min(xs), sorted(xs), sorted(xs, reverse=True), any([False, True]), all([False, True]), xs * 2, [0] + xs  # = [6, 3, 1, [1, 2, 3], [3, 2, 1], True, False, [3, 1, 2, 3, 1, 2], [0, 3, 1, 2]]


def float_sums():
    return sum([0.5, 0.25]), max([0.5, 2.5])  # = [0.75, 2.5]


def sorts_text_descending():
    xs = ["b", "c", "a"]
    xs.sort(reverse=True)
    return xs  # = ["c", "b", "a"]


def dict_methods():
    d = {"a": 1, "b": 2}
    d["c"] = 3
    d.update({"a": 10})
    popped = d.pop("b")
    e = d.copy()
    e.clear()
    return d, popped, d.get("a"), d.get("z"), d.get("z", 5), d.setdefault("q", 9), d.keys(), d.values(), d.items(), len(d), len(e)  # = [{"a": 10, "c": 3, "q": 9}, 2, 10, None, 5, 9, ["a", "c", "q"], [10, 3, 9], [["a", 10], ["c", 3], ["q", 9]], 3, 0]


def dict_pop_default():
    d = {1: "x"}
    return d.pop(2, "none"), 1 in d, d[1]  # = ["none", True, "x"]


def typed_tolist():
    rows: List[List[int]] = torch.tensor([[1, 2], [3, 4]]).tolist()
    return rows  # = [[1, 2], [3, 4]]


def typed_tolist_of_floats():
    row: List[float] = torch.tensor([0.5, 2.0]).tolist()
    return row  # = [0.5, 2]
