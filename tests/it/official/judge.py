"""Makes calls with the official SDK: one JSON line on standard input for each, and one on standard output for its answer.

The line says what is wrong with it, or null: the call was refused, or the answer is not of the types that the SDK
declares for it. Those are comments to Python, and nothing at run time compares them with an answer; this does.
"""

import ast
import decimal
import functools
import json
import sys
import typing

import stripe
from stripe._stripe_object import UntypedStripeObject
from sdk import make, method_of, new_client

# What lists have, and the SDK does not declare for them.
LIST_MEMBERS = {"object", "previous_page_url", "total_count", "url"}

# The document gives all events what some have.
EVENT_MEMBERS = {"changes", "data", "related_object"}

# What the SDK declares as always there, and the document as absent: not at all, or on the last page.
NOT_ALWAYS = {
    ("Item", "plan"),
    ("Product", "type"),
    ("SearchResultObject", "next_page"),
    ("SubscriptionItem", "plan"),
    ("SwishHandleRedirectOrDisplayQrCode", "mobile_auth_url"),
}


@functools.cache
def names_in(module):
    """What the annotations of a module may name. The SDK imports its types for type checkers alone: in circles."""
    names = vars(sys.modules[module])
    with open(names["__file__"], encoding="utf-8") as file:
        tree = ast.parse(file.read())
    for node in tree.body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            exec(compile(ast.Module(node.body, []), module, "exec"), names)
    return names


@functools.cache
def members_of(cls):
    """The members that a class of the SDK declares, with their types."""
    for base in cls.__mro__:
        if base.__module__.startswith("stripe."):
            names_in(base.__module__)
    hints = typing.get_type_hints(cls).items()
    is_member = lambda name, hint: typing.get_origin(hint) is not typing.ClassVar and not name.startswith("_")
    # `in` and `is` are called otherwise in Python.
    spelled = getattr(cls, "_field_remappings", {})
    optional = lambda name, hint: typing.Optional[hint] if (cls.__name__, name) in NOT_ALWAYS else hint
    return {spelled.get(name, name): optional(name, hint) for name, hint in hints if is_member(name, hint)}


def declared(method):
    """The type of what a method returns."""
    hint = method.__annotations__["return"]
    return eval(hint, names_in(method.__module__)) if isinstance(hint, str) else hint


def complaint(value, hint, at="", inner=None):
    """What is wrong with a value, or None. `inner` is what a list is a list of."""
    if isinstance(hint, typing.TypeVar):
        hint = inner
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in (typing.Any, None):
        return None
    if origin is typing.Union:
        return among(value, arguments, at, inner)
    if origin is typing.Literal:
        return None if value in arguments else f"{at}: {str(value)} is none of {arguments[:5]}"
    if origin is list:
        if not isinstance(value, list):
            return f"{at}: {type(value).__name__} is no list"
        return first(complaint(item, arguments[0], f"{at}[{index}]", inner) for index, item in enumerate(value))
    if origin in (dict, UntypedStripeObject):
        if not isinstance(value, (dict, stripe.StripeObject)):
            return f"{at}: {type(value).__name__} is no map"
        return first(complaint(item, arguments[-1], f"{at}.{key}") for key, item in members(value))
    if isinstance(origin or hint, type) and issubclass(origin or hint, stripe.StripeObject):
        return of_class(value, origin or hint, at, arguments[0] if arguments else None)
    if hint is decimal.Decimal and isinstance(value, str):
        value = decimal.Decimal(value)  # So are texts in what the SDK has forgotten the class of.
    accepted = (int, float) if hint is float else hint
    is_right = isinstance(value, accepted) and (hint is bool or not isinstance(value, bool))
    return None if is_right else f"{at}: {type(value).__name__} is no {hint}"


def first(complaints):
    return next((it for it in complaints if it is not None), None)


def among(value, arms, at, inner):
    """What is wrong with the arm that comes closest."""
    complaints = [complaint(value, arm, at, inner) for arm in arms]
    if None in complaints:
        return None
    return max(complaints, key=lambda it: it.split(":")[0].count("."))


def members(value):
    return (value if isinstance(value, dict) else value.to_dict(recursive=False)).items()


def of_class(value, cls, at, inner):
    # In maps and below classes that are shared, the SDK itself forgets what is no resource.
    is_plain = type(value) in (dict, stripe.StripeObject) and not hasattr(cls, "OBJECT_NAME")
    if not isinstance(value, cls) and not is_plain:
        return f"{at}: {type(value).__name__} instead of {cls.__name__}"
    # An event has a class of its own, below the declared one.
    own = type(value) if isinstance(value, cls) else cls
    given, known = dict(members(value)), members_of(own)
    if cls is stripe.StripeObject:
        return None
    undeclared = LIST_MEMBERS if inner else EVENT_MEMBERS if "Event" in own.__name__ else ()
    unknown = [name for name in given if name not in known and name not in undeclared]
    if unknown:
        return f"{at}: {own.__name__} declares no {unknown}"
    # What is left of a deleted object has the class of what it was.
    required = [] if given.get("deleted") is True else known
    for name in required:
        if name not in given and type(None) not in typing.get_args(known[name]):
            return f"{at}: {own.__name__} has no {name}"
    return first(complaint(given[name], hint, f"{at}.{name}", inner) for name, hint in known.items() if name in given)


def main():
    client = new_client()
    for line in sys.stdin:
        call = json.loads(line)
        try:
            method = method_of(client, call["name"])
            found = complaint(make(method, call, {}), declared(method))
        except Exception as error:
            found = f"{type(error).__name__}: {error}"
        print(json.dumps(found), flush=True)


main()
