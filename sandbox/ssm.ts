import type * as sdk from '@aws-sdk/client-ssm';
import type { Clock } from './clock.ts';
import { AwsError, type AwsService } from './service.ts';

export interface SsmOptions {
  clock: Clock;
  account: string;
  region: string;
}

/** A parameter with its history, the newest version last. */
type Versions = sdk.Parameter[];

const standardBytesMax = 4096;

/** AWS Systems Manager's parameter store. A SecureString is told in the clear only with WithDecryption. */
export function createSsm({ clock, account, region }: SsmOptions): AwsService {
  const parameters = new Map<string, Versions>();
  const read = (wanted: string, decrypted: boolean): sdk.Parameter | undefined => {
    const [, name = '', selector] = /^(?:arn:[^/]*:parameter(?=\/))?(.*?)(?::(\d+))?$/.exec(wanted) ?? [];
    const versions = parameters.get(name);
    const found = selector === undefined ? versions?.at(-1) : versions?.find(({ Version }) => Version === Number(selector));
    if (!found) return undefined;
    const told = { ...found, ...(selector !== undefined && { Selector: `:${selector}` }) };
    return found.Type === 'SecureString' && !decrypted ? { ...told, Value: encrypted(found.Value ?? '') } : told;
  };
  return {
    operations: {
      PutParameter: (input: sdk.PutParameterCommandInput) => {
        const Name = input.Name ?? '';
        const versions = parameters.get(Name) ?? [];
        check(input, versions);
        const Version = versions.length + 1;
        const Type = input.Type ?? versions.at(-1)?.Type;
        const ARN = `arn:aws:ssm:${region}:${account}:parameter/${Name.replace(/^\//, '')}`;
        const stored = { Name, Type, Value: input.Value, Version, LastModifiedDate: clock.now(), ARN, DataType: input.DataType ?? 'text' };
        parameters.set(Name, [...versions, stored].slice(-100));
        return { Version, Tier: input.Tier ?? 'Standard' };
      },
      GetParameter: (input: sdk.GetParameterCommandInput) => {
        const Parameter = read(input.Name ?? '', input.WithDecryption ?? false);
        if (!Parameter) throw new AwsError('ParameterNotFound', '');
        return { Parameter };
      },
      GetParameters: (input: sdk.GetParametersCommandInput) => {
        const names = input.Names ?? [];
        if (names.length > 10) throw new AwsError('ValidationException', 'Member must have length less than or equal to 10');
        const found = names.map((name) => read(name, input.WithDecryption ?? false));
        return { Parameters: found.filter((one) => one !== undefined), InvalidParameters: names.filter((_, index) => !found[index]) };
      },
      DeleteParameter: (input: sdk.DeleteParameterCommandInput) => {
        if (!parameters.delete(input.Name ?? '')) throw new AwsError('ParameterNotFound', '');
      },
    },
  };
}

function check({ Name = '', Type, Value = '', Overwrite, Tier }: sdk.PutParameterCommandInput, versions: Versions): void {
  if (!/^\/?[\w./-]+$/.test(Name) || /^\/?(aws|ssm)/i.test(Name))
    throw new AwsError(
      'ValidationException',
      `Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive), and takes letters, numbers and .-_/`,
    );
  if (versions.length > 0 && Overwrite !== true)
    throw new AwsError(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    );
  if (versions.length === 0 && Type === undefined)
    throw new AwsError('ValidationException', 'A parameter type is required when you create a parameter.');
  if (Tier !== 'Advanced' && Buffer.byteLength(Value) > standardBytesMax)
    throw new AwsError(
      'ValidationException',
      `Standard tier parameters support a maximum parameter value of ${standardBytesMax} characters.`,
    );
}

/** What stands for a value that is not decrypted: never the value. */
function encrypted(value: string): string {
  return Buffer.from(`encrypted:${Buffer.byteLength(value)}`).toString('base64');
}
