/** Calls DynamoDB at the sandbox's own endpoint, whichever engine stands behind it; throws what it answers. */
export async function callDynamoDb(endpoint: string, region: string, operation: string, input: object): Promise<Record<string, unknown>> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20260101T000000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=sandbox/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=sandbox`,
    },
    body: JSON.stringify(input),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok)
    throw new Error(`DynamoDB ${operation}: ${String(answer['__type'])}: ${String(answer['message'] ?? answer['Message'])}`);
  return answer;
}

/** Creates a table and waits until it can be used; engines do that in a moment. */
export async function createTable(
  endpoint: string,
  region: string,
  input: object & { TableName?: string },
): Promise<Record<string, unknown>> {
  const created = await callDynamoDb(endpoint, region, 'CreateTable', input);
  for (let attempt = 0; attempt < 100; attempt++) {
    const { Table } = (await callDynamoDb(endpoint, region, 'DescribeTable', { TableName: input.TableName })) as {
      Table: { TableStatus: string };
    };
    if (Table.TableStatus === 'ACTIVE') return created;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`DynamoDB did not finish the table ${input.TableName}`);
}
