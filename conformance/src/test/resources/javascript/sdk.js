// The AWS SDK for JavaScript v3 against the endpoint that is given: document client, paginators, waiters.
import assert from 'node:assert/strict';
import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ResourceInUseException,
  paginateListTables,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  NumberValue,
  PutCommand,
  UpdateCommand,
  paginateQuery,
  paginateScan,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({
  endpoint: process.argv[2],
  region: 'us-east-1',
  credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
const TableName = 'from-javascript';
const waiting = { client, maxWaitTime: 60, minDelay: 0.1, maxDelay: 1 };

const definition = {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'N' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
};
await client.send(new CreateTableCommand(definition));
await waitUntilTableExists(waiting, { TableName });
await assert.rejects(client.send(new CreateTableCommand(definition)), ResourceInUseException);

const names = [];
for await (const page of paginateListTables({ client, pageSize: 1 }, {})) names.push(...page.TableNames);
assert.deepEqual(names, [TableName]);

const item = {
  pk: 'all',
  sk: -1.5,
  text: 'häß 😀',
  bytes: new Uint8Array([0, 1, 255]),
  set: new Set(['a', 'b']),
  list: [1, true, null, { deep: [] }],
  exact: NumberValue.from('12345678901234567890123456789012345678'),
};
await documents.send(new PutCommand({ TableName, Item: item }));
const Key = { pk: 'all', sk: -1.5 };
const read = (await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
assert.equal(read.text, item.text);
assert.deepEqual([...read.bytes], [0, 1, 255]);
assert.deepEqual([...read.set].sort(), ['a', 'b']);
assert.deepEqual(read.list, item.list);
const raw = await client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'all' }, sk: { N: '-1.50' } } }));
assert.equal(raw.Item.exact.N, '12345678901234567890123456789012345678');

const updated = await documents.send(
  new UpdateCommand({
    TableName,
    Key,
    UpdateExpression: 'SET #n = if_not_exists(#n, :zero) + :one REMOVE exact',
    ExpressionAttributeNames: { '#n': 'n' },
    ExpressionAttributeValues: { ':zero': 0, ':one': 1 },
    ReturnValues: 'UPDATED_NEW',
  }),
);
assert.deepEqual(updated.Attributes, { n: 1 });
await assert.rejects(
  documents.send(
    new PutCommand({
      TableName,
      Item: Key,
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  ),
  (error) => error instanceof ConditionalCheckFailedException && error.Item.n.N === '1',
);

for (let from = 0; from < 100; from += 25) {
  const puts = [];
  for (let sk = from; sk < from + 25; sk++) puts.push({ PutRequest: { Item: { pk: 'many', sk, filler: 'x'.repeat(100) } } });
  const answer = await documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: puts } }));
  assert.deepEqual(answer.UnprocessedItems, {});
}
const queried = [];
for await (const page of paginateQuery(
  { client: documents, pageSize: 7 },
  { TableName, KeyConditionExpression: 'pk = :pk AND sk >= :from', ExpressionAttributeValues: { ':pk': 'many', ':from': 10 } },
)) {
  queried.push(...page.Items.map((found) => found.sk));
}
assert.deepEqual(queried, Array.from({ length: 90 }, (_, i) => i + 10));
let scanned = 0;
for await (const page of paginateScan({ client: documents, pageSize: 9 }, { TableName, ConsistentRead: true })) {
  scanned += page.Count;
}
assert.equal(scanned, 101);
const some = await documents.send(
  new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [{ pk: 'many', sk: 1 }, { pk: 'many', sk: 1000 }] } } }),
);
assert.equal(some.Responses[TableName].length, 1);
await documents.send(new DeleteCommand({ TableName, Key }));

await client.send(new DeleteTableCommand({ TableName }));
await waitUntilTableNotExists(waiting, { TableName });
console.log('all checks passed');
