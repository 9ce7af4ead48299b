"""Drives a server through boto3's resource and client interfaces. Usage: boto3_client.py ENDPOINT"""
import sys
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key
from boto3.dynamodb.types import Binary
from botocore.exceptions import ClientError

session = dict(endpoint_url=sys.argv[1], region_name="us-east-1",
               aws_access_key_id="any", aws_secret_access_key="any")
client = boto3.client("dynamodb", **session)
resource = boto3.resource("dynamodb", **session)


def check(condition, what):
    if not condition:
        raise AssertionError(what)


def error_of(call):
    try:
        call()
    except ClientError as e:
        return e.response["Error"]["Code"]
    return None


table = resource.create_table(
    TableName="boto3",
    KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "s", "KeyType": "RANGE"}],
    AttributeDefinitions=[{"AttributeName": "p", "AttributeType": "S"}, {"AttributeName": "s", "AttributeType": "B"}],
    ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
)
table.wait_until_exists(WaiterConfig={"Delay": 1})
table.reload()
check(table.table_status == "ACTIVE", "the table is active")

item = {"p": "a", "s": b"\x00\xff", "n": Decimal("1E-130"), "l": [1, {"m": None}], "ss": {"x", "y"}, "t": True}
table.put_item(Item=item)
got = table.get_item(Key={"p": "a", "s": b"\x00\xff"}, ConsistentRead=True)["Item"]
check(got["n"] == Decimal("1E-130") and got["ss"] == {"x", "y"} and got["l"] == [1, {"m": None}], got)
check(got["s"] == Binary(b"\x00\xff"), "a binary sort key comes back")

updated = table.update_item(
    Key={"p": "a", "s": b"\x00\xff"},
    UpdateExpression="SET l[0] = l[0] + :one, q = if_not_exists(q, :one) REMOVE t DELETE ss :x",
    ExpressionAttributeValues={":one": 1, ":x": {"x"}},
    ReturnValues="UPDATED_NEW",
)["Attributes"]
check(updated["l"] == [2] and updated["q"] == 1 and updated["ss"] == {"y"}, updated)

check(error_of(lambda: table.put_item(Item=item, ConditionExpression=Attr("p").not_exists()))
      == "ConditionalCheckFailedException", "a failed condition")
check(error_of(lambda: table.put_item(Item={"p": "", "s": b"x"})) == "ValidationException", "an empty key")
check(error_of(lambda: client.describe_table(TableName="absent")) == "ResourceNotFoundException", "no such table")

with table.batch_writer() as batch:
    for i in range(100):
        batch.put_item(Item={"p": "batch", "s": bytes([i]), "i": i})
check(table.query(KeyConditionExpression=Key("p").eq("batch") & Key("s").lt(bytes([10])))["Count"] == 10, "a range")

pages, kwargs = [], {}
while True:
    page = table.scan(Limit=9, FilterExpression=Attr("i").gte(50), **kwargs)
    pages += page["Items"]
    if "LastEvaluatedKey" not in page:
        break
    kwargs = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
check(sorted(int(found["i"]) for found in pages) == list(range(50, 100)), "a filtered scan in pages")

keys = [{"p": "batch", "s": bytes([i])} for i in range(30)]
check(len(resource.batch_get_item(RequestItems={"boto3": {"Keys": keys}})["Responses"]["boto3"]) == 30, "a batch")

transacted = {"p": {"S": "transacted"}, "s": {"B": b"1"}}
client.transact_write_items(TransactItems=[
    {"Put": {"TableName": "boto3", "Item": transacted}},
    {"Update": {"TableName": "boto3", "Key": {"p": {"S": "transacted"}, "s": {"B": b"2"}},
                "UpdateExpression": "SET n = :n", "ExpressionAttributeValues": {":n": {"N": "2"}}}},
    {"ConditionCheck": {"TableName": "boto3", "Key": {"p": {"S": "nobody"}, "s": {"B": b"1"}},
                        "ConditionExpression": "attribute_not_exists(p)"}},
])
responses = client.transact_get_items(TransactItems=[
    {"Get": {"TableName": "boto3", "Key": {"p": {"S": "transacted"}, "s": {"B": s}}}} for s in (b"1", b"2", b"3")])
check([found.get("Item", {}).get("n") for found in responses["Responses"]] == [None, {"N": "2"}, None], responses)
try:
    client.transact_write_items(TransactItems=[
        {"Put": {"TableName": "boto3", "Item": {"p": {"S": "new"}, "s": {"B": b"1"}}}},
        {"Put": {"TableName": "boto3", "Item": transacted, "ConditionExpression": "attribute_not_exists(p)"}}])
    check(False, "a transaction whose condition does not hold")
except client.exceptions.TransactionCanceledException as e:
    check([reason["Code"] for reason in e.response["CancellationReasons"]] == ["None", "ConditionalCheckFailed"],
          e.response)
    check(e.response["Error"]["Message"] == "Transaction cancelled, please refer cancellation reasons for specific"
          " reasons [None, ConditionalCheckFailed]", e.response)

statement = 'SELECT i FROM "boto3" WHERE p = ? AND s < ?'
found = client.execute_statement(Statement=statement, Parameters=[{"S": "batch"}, {"B": bytes([10])}])["Items"]
check(sorted(int(item["i"]["N"]) for item in found) == list(range(10)), "a statement")
check(error_of(lambda: client.execute_statement(Statement="SELECT FROM")) == "ValidationException", "no statement")
answers = client.batch_execute_statement(Statements=[
    {"Statement": """INSERT INTO "boto3" VALUE {'p': 'statement', 's': ?}""", "Parameters": [{"B": b"1"}]},
    {"Statement": """DELETE FROM "boto3" WHERE p = 'statement'"""},
])["Responses"]
check("Error" not in answers[0] and answers[1]["Error"]["Code"] == "ValidationError", answers)
check(client.execute_statement(Statement=statement, Parameters=[{"S": "batch"}, {"B": bytes([10])}], Limit=3)["NextToken"],
      "a page of a statement")

client.update_table(TableName="boto3", BillingMode="PAY_PER_REQUEST")
table.wait_until_exists(WaiterConfig={"Delay": 1})
check(client.describe_table(TableName="boto3")["Table"]["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST",
      "the billing mode was changed")
table.delete()
table.wait_until_not_exists(WaiterConfig={"Delay": 1})
check("boto3" not in client.list_tables()["TableNames"], "the table is gone")
print("all checks passed")
