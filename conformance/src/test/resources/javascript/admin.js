// dynamodb-admin against the endpoint that is given, used in a browser: tables, items, a change, a deletion.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { chromium } from 'playwright-core';

const { createServer } = createRequire(import.meta.url)('dynamodb-admin');
const [endpoint, executablePath] = process.argv.slice(2);
const client = new DynamoDBClient({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
const admin = createServer({ dynamoDbClient: client }).listen(0, '127.0.0.1');
await new Promise((resolve) => admin.once('listening', resolve));
const site = `http://127.0.0.1:${admin.address().port}`;
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage();
  page.on('dialog', (dialog) => dialog.accept());

  // Not by its form: that sends the numbers of units as strings, which the service refuses too.
  await client.send(
    new CreateTableCommand({
      TableName: 'browsed',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 0.1, maxDelay: 1 }, { TableName: 'browsed' });
  await page.goto(site);
  await page.click('#table-list >> text=browsed');
  await page.waitForURL('**/tables/browsed');

  const save = async (item) => {
    await page.waitForFunction(() => window.ace !== undefined);
    await page.evaluate((text) => window.ace.edit('documentTextarea').setValue(text), JSON.stringify(item));
    await page.click('#saveButton');
  };
  const stored = async () =>
    (await client.send(new GetItemCommand({ TableName: 'browsed', Key: { id: { S: 'one' } }, ConsistentRead: true }))).Item;

  await page.goto(`${site}/tables/browsed/add-item`);
  await save({ id: 'one', colour: 'red', parts: [1, 2] });
  await page.waitForURL('**/items/one**');
  assert.deepEqual(await stored(), {
    id: { S: 'one' },
    colour: { S: 'red' },
    parts: { L: [{ N: '1' }, { N: '2' }] },
  });

  await page.goto(`${site}/tables/browsed`);
  await page.click('#items-container a:has-text("View")');
  await page.waitForURL('**/items/one**');
  await save({ id: 'one', colour: 'blue' });
  await page.waitForSelector('#saveButton.btn-success');
  assert.deepEqual(await stored(), { id: { S: 'one' }, colour: { S: 'blue' } });

  await page.goto(`${site}/tables/browsed/meta`);
  await page.waitForSelector('text=ACTIVE');
  await page.goto(`${site}/tables/browsed/items/one`);
  await page.click('text=Delete');
  await page.waitForURL('**/tables/browsed');
  assert.equal(await stored(), undefined);
  console.log('all checks passed');
} finally {
  await browser.close();
  admin.close();
  admin.closeAllConnections();
}
