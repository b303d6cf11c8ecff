# Programs that end with an error: where, and in which words.


def index_out_of_range():
    xs = [1, 2]
    return xs[2]  # ! list index out of range


def negative_index():
    xs = [1]
    return xs[-2]  # ! list index out of range


def writes_out_of_range():
    xs = [1]
    xs[1] = 2  # ! list index out of range


def division_by_zero():
    x = 0
    return 5 // x  # ! division by 0


def remainder_by_zero():
    x = 0
    return 5 % x  # ! division by 0


def missing_key():
    d = {"a": 1}
    return d["b"]  # ! KeyError: b


def no_number():
    return float("12abc")  # ! could not convert string to float: '12abc'


def no_number_at_all():
    return float("abc")  # ! stod


def empty_number():
    return float("")  # ! stod


def blank_behind():
    return float("12 ")  # ! could not convert string to float: '12 '


def underscore():
    return float("1_000")  # ! could not convert string to float: '1_000'


def beyond_double():
    return float("1e400")  # ! stod


def no_int():
    return int("1.5")  # ! invalid literal for int() with base 10: '1.5'


def beyond_exact_ints():
    x = 9007199254740991
    return x + 1  # ! beyond 2^53


def not_a_number_to_int():
    return int(math.sqrt(-1.0))  # ! cannot convert float NaN to integer


def assertion():
    x = 1
    assert x > 2, "x is {}".format(x)  # ! AssertionError: x is 1


def assertion_without_words():
    assert len([1]) == 2  # ! AssertionError


def pops_nothing():
    xs: List[int] = []
    xs.pop()  # ! pop from empty list


def removes_nothing():
    xs = [1]
    xs.remove(2)  # ! list.remove(x): x not in list


def no_substring():
    return "abc".index("z")  # ! ValueError: substring not found


def shapes_do_not_fit():
    return torch.zeros(2, 2) + torch.zeros(2, 3)  # ! Incompatible shapes: [2,2] vs. [2,3]


def matrices_do_not_fit():
    return torch.zeros(2, 3) @ torch.zeros(2, 3)  # ! mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)


def tensor_index_out_of_range():
    return torch.zeros(2)[2]  # ! index 2 is out of bounds for dimension 0 with size 2


def too_many_indices():
    return torch.zeros(2)[0, 0]  # ! too many indices for tensor of dimension 1


def index_tensor_out_of_range():
    return torch.zeros(2)[torch.tensor([5])]  # ! index 5 is out of bounds for dimension 0 with size 2


def cats_nothing():
    xs: List[Tensor] = []
    return torch.cat(xs)  # ! expected a non-empty list of Tensors


def ambiguous_truth():
    x = torch.zeros(2)
    if x:  # ! Boolean value of Tensor with more than one value is ambiguous
        return 1
    return 2


def item_of_many():
    return torch.zeros(2).item()  # ! a Tensor with 2 elements cannot be converted to Scalar


def view_of_transposed():
    return torch.zeros(2, 3).t().view(6)  # ! view size is not compatible


def ragged():
    return torch.tensor([[1, 2], [3]])  # ! expected sequence of length 2 at dim 1 (got 1)


def half():
    return torch.zeros(2).half()  # ! float16 tensors are not supported


def huge_tensor():
    return torch.zeros([1000000, 1000000])  # ! larger than the limit


def huge_memory():
    xs: List[Tensor] = []
    for i in range(1000):
        xs.append(torch.zeros([10000000]))  # ! this run would take more than
    return xs


def huge_text():
    return "x" * 1000000000  # ! a text would have more than


def doubling_text():
    x = "ab"
    for i in range(100):
        x = x + x  # ! a text would have more than
    return x


def doubling_list():
    x = [1]
    for i in range(100):
        x = x + x  # ! a list would have more than
    return x


def doubling_list_in_place():
    x = [1]
    for i in range(100):
        x.extend(x)  # ! a list would have more than
    return x


def huge_list():
    return [0] * 1000000000  # ! a list would have more than


def huge_padding():
    return "x".ljust(1000000000)  # ! a text would have more than


def huge_replacement():
    return ("a" * 100000).replace("a", "b" * 100000)  # ! a text would have more than


def negative_size():
    return torch.zeros([-1])  # ! negative dimension


def zero_step():
    return [1, 2][::0]  # ! slice step cannot be zero


def range_without_step():
    return list(range(0, 5, 0))  # ! range() arg 3 must not be zero


def dimension_out_of_range():
    return torch.zeros(2).sum(1)  # ! Dimension out of range (expected to be in range of [-1, 0], but got 1)


def mean_of_ints():
    return torch.tensor([1, 2]).mean()  # ! could not infer output dtype


def tolist_of_the_wrong_depth():
    xs: List[int] = torch.zeros(2, 2).tolist()  # ! tolist
    return xs


def max_of_nothing():
    return torch.zeros(0).max()  # ! Expected reduction dim to be specified


def unpacks_too_few():
    a, b = [1, 2, 3]  # ! Expected 2 elements in a list but found 3
    return a + b


def integers_to_negative_powers():
    return torch.tensor([2]) ** -1  # ! Integers to negative integer powers are not allowed.


def truth_minus_truth():
    return torch.tensor([True]) - torch.tensor([True])  # ! not supported for bool tensors


def float_into_int_in_place():
    x = torch.tensor([1])
    x += 0.5  # ! can't be cast to the desired output type
    return x


def many_large_lists():
    kept: List[List[int]] = []
    for i in range(1000):
        kept.append([0] * 1000000)  # ! this run would take more than
    return kept


def many_large_texts():
    kept: List[str] = []
    for i in range(1000):
        kept.append("x" * 10000000)  # ! this run would take more than
    return kept


def many_picked_elements():
    return torch.zeros([2])[torch.zeros([50000000], dtype=torch.int64)]  # ! this run would take more than
