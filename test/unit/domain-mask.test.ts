import { describe, expect, it } from '@jest/globals';
import { excerptOf } from '../../lib/decide/log-excerpt.ts';
import { masked } from '../../lib/domain/mask.ts';

const aws = ['AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'] as const;
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';
const key = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';

describe('what looks like a secret is hidden', () => {
  it.each<[name: string, text: string, secret: string]>([
    ['an access key of AWS', `using ${aws[0]} in eu-west-1`, aws[0]],
    ['a secret key of AWS', `aws_secret_access_key = ${aws[1]}`, aws[1]],
    ['a secret key without a name', `signing with ${aws[1]} now`, aws[1]],
    ['a JSON Web Token', `got ${jwt} from the client`, 'dozjgNryP4J3jVmNHl0w5N'],
    ['a token split over lines', `got ${jwt.slice(0, 21)}\n${jwt.slice(21)}`, 'eyJzdWIiOiIxMjM0NTY3ODkwIn0'],
    ['Basic', 'authorization: Basic dXNlcjpodW50ZXIy', 'dXNlcjpodW50ZXIy'],
    ['Bearer', 'Authorization: Bearer abc.def-ghi', 'abc.def-ghi'],
    ['a password in an address', 'connecting to postgres://app:hunter2@db:5432/app', 'hunter2'],
    ['password=', 'password=hunter2 user=app', 'hunter2'],
    ['password in JSON', '{"user":"app","password":"hunter 2!"}', 'hunter 2!'],
    ['password over two lines', '"password":\n  "hunter2"', 'hunter2'],
    ['a variable', 'DB_PASSWORD: hunter2', 'hunter2'],
    ['a key in camel case', 'apiKey=>h4nter2', 'h4nter2'],
    ['the value of an option', 'migrate --db-password hunter2', 'hunter2'],
    ['the value of an option on the next line', '--token\nhunter2', 'hunter2'],
    ['a token of Slack', 'posting as xoxb-123456789012-abcdef', 'xoxb-123456789012-abcdef'],
    ['a token of GitHub', 'clone with ghp_abcdefghijklmnop1234', 'ghp_abcdefghijklmnop1234'],
    ['a signed address', 'GET /x?X-Amz-Signature=abcdef0123&x=1', 'abcdef0123'],
    ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${key}\n-----END RSA PRIVATE KEY-----`, key],
    ['a private key that is cut off', `-----BEGIN PRIVATE KEY-----\n${key}`, key],
    ['JSON in JSON', String.raw`{"msg":"{\"password\":\"hunter 2\"}"}`, 'hunter 2'],
    ['a quote that is never closed', 'password="hunter2 and more', 'hunter2'],
    ['an escaped quote in the value', String.raw`"password":"ab\"hunter2"`, 'hunter2'],
    ['a comma in the value', 'password=ab,hunter2, user=app', 'hunter2'],
    ['an option of a command', 'app --db-password hunter2 --verbose', 'hunter2'],
    ['an option whose value is in quotes', 'app --dbPassword "a hunter2"', 'hunter2'],
    ['an option in a list', '["app","--password","hunter2"]', 'hunter2'],
    ['a variable of a container', '{"name":"DB_PASSWORD","value":"hunter2"}', 'hunter2'],
    ['a hash of Ruby', '{:password => "hunter2"}', 'hunter2'],
    ['bytes of Python', "{'password': b'hunter2'}", 'hunter2'],
    ['an assignment of Go', 'password := "hunter2"', 'hunter2'],
    ['an object', '"secret":{"value":"hunter2"}', 'hunter2'],
    ['XML', '<password>hunter2</password>', 'hunter2'],
    ['an index', `config['password'] = 'hunter2'`, 'hunter2'],
    ['a form', 'user%5Bpassword%5D=hunter2', 'hunter2'],
    ['a sentence', 'the password is hunter2', 'hunter2'],
    ['a key of an application', 'RAILS_MASTER_KEY=hunter2', 'hunter2'],
    ['a key of Azure', 'AccountName=a;AccountKey=hunter2hunter2==', 'hunter2'],
    ['a header of another scheme', 'Authorization: ApiKey hunter2', 'hunter2'],
    ['the second of two cookies', 'Cookie: theme=dark; sid=hunter2', 'hunter2'],
    ['a webhook of Slack', 'POST https://hooks.slack.com/services/T0/B0/hunter2hunter2', 'hunter2'],
    ['a password with the sign that ends it', 'postgres://app:p@hunter2@db:5432/app', 'hunter2'],
    ['a password with a slash', 'postgres://app:p/hunter2@db:5432/app', 'hunter2'],
    ['a token in the place of a user', 'https://hunter2hunter2@github.com/x', 'hunter2'],
    ['curl -u', 'curl -u admin:hunter2 https://example.com', 'hunter2'],
    ['a token of Google', 'ya29.hunter2hunter2', 'hunter2'],
    ['a test key of Stripe', 'sk_test_hunter2hunter2', 'hunter2'],
    ['a secret key behind a sign', `x=${aws[1]}`, aws[1]],
    ['the end of a private key', `${key}\n-----END PRIVATE KEY-----\nbye`, key],
  ])('%s', (_, text, secret) => {
    expect(masked(text)).not.toContain(secret);
    expect(masked(text)).toContain('•••');
    expect(excerptOf(text.split('\n')).join('\n')).not.toContain(secret);
  });

  it.each([
    ['Error: connect ECONNREFUSED 10.0.3.17:5432'],
    ['    at Object.<anonymous> (/app/server.js:12:7)'],
    ['image my-web-app@sha256:d7a73e043a0ce9092c77c4d727f2bec2d8cb758cf6988d558cb399da13583e74'],
    ['request 4f9b2c1d8e7a6b5c4d3e2f1a0b9c8d7e took 12 ms'],
    ['arn:aws:ecs:eu-west-1:123456789012:service/production/my-web-app'],
    ['relation "passengers" does not exist'],
    ['tests passed: 12'],
    ['serve --port 8080 --author-mode fast'],
    ['https://example.com/a/b?page=2'],
    [
      'not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf',
    ],
    ["Access denied for user 'app'@'10.0.0.1' (using password: YES)"],
    ['FATAL: password authentication failed for user "app"'],
    ['botocore.exceptions.NoCredentialsError: Unable to locate credentials'],
    [`SyntaxError: Unexpected token '}' at line 4`],
    ['GET http://localhost:4873/@scope/pkg 200'],
    ['basic authentication required'],
    ['JWT token expired'],
    ['at /app/src/Controllers/V2/UserProfileSettingsControllerTest.php'],
    ['npm_lifecycle_event=start'],
  ])('and everything else stays: %s', (text) => {
    expect(masked(text)).toBe(text);
  });
});

// A log holds whatever a program writes, and its function has a rollback to record.
describe('a line of 100 kB takes no time', () => {
  it.each(['-', '1', '_', '0123456789abcdef', 'a.b+', 'a-1.', 'xoxb-', 'password', '-----BEGIN ', 'http://a:b', 'eyJaaaa .', 'aB3/+'])(
    'of %s',
    (part) => {
      const began = performance.now();
      masked(part.repeat(100_000 / part.length));
      expect(performance.now() - began).toBeLessThan(2000); // Quadratic, it took twenty seconds.
    },
  );

  it('nor does a log of such lines', () => {
    const began = performance.now();
    excerptOf(Array.from({ length: 60 }, () => '<password>'.repeat(10_000)));
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

describe('the last lines of a log', () => {
  it('are twenty, without empty ones', () => {
    const lines = Array.from({ length: 30 }, (_, index) => (index % 10 === 0 ? ' ' : `line ${index}`));
    expect(excerptOf(lines)).toEqual(lines.filter((line) => line !== ' ').slice(-20));
  });

  it('are the last also of an event of many lines', () => {
    const event = Array.from({ length: 3000 }, (_, index) => `line ${index}`).join('\r\n');
    expect(excerptOf([event])).toEqual(event.split('\r\n').slice(-20));
  });

  it('have no colours and no control characters', () => {
    expect(excerptOf(['\u001B[31mError\u001B[0m:\tboom\u0007\u0000'])).toEqual(['Error:  boom']);
  });

  it('hide a secret that is coloured', () => {
    expect(excerptOf(['pass\u001B[1mword\u001B[0m=hunter2'])).toEqual(['password=•••']);
  });

  it.each([
    [300, 300],
    [301, 300],
  ])('of %i characters are %i long', (given, length) => {
    expect(excerptOf(['x '.repeat(given).slice(0, given - 1) + 'y'])[0]).toHaveLength(length);
  });

  it('are never cut through a character', () => {
    expect(excerptOf([`${'é'.repeat(298)}🚀🚀`])[0]).toBe(`${'é'.repeat(298)}…`);
  });
});
