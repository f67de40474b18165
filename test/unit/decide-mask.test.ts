import { describe, expect, it } from '@jest/globals';
import { excerptOf } from '../../lib/decide/log-excerpt.ts';
import { masked } from '../../lib/decide/mask.ts';

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
  ])('and everything else stays: %s', (text) => {
    expect(masked(text)).toBe(text);
  });
});

describe('the last lines of a log', () => {
  it('are twenty, without empty ones', () => {
    const lines = Array.from({ length: 30 }, (_, index) => (index % 10 === 0 ? ' ' : `line ${index}`));
    expect(excerptOf(lines)).toEqual(lines.filter((line) => line !== ' ').slice(-20));
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
