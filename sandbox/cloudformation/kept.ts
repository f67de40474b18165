import { type Make, nameFrom, type Surroundings } from './resource-type.ts';

/** Resources that are kept and do nothing here: they have an id and an ARN, and that is all that others ask of them. */
export const kept: Record<string, Make> = {
  'AWS::CloudWatch::Alarm': keptAs('AlarmName', ({ region, account }, name) => ({
    Arn: `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`,
  })),
  'AWS::Scheduler::ScheduleGroup': keptAs('Name', ({ region, account }, name) => ({
    Arn: `arn:aws:scheduler:${region}:${account}:schedule-group/${name}`,
  })),
  'AWS::S3::Bucket': keptAs('BucketName', (_, name) => ({ Arn: `arn:aws:s3:::${name}` })),
  'AWS::S3::BucketPolicy': keptAs('', () => ({})),
};

function keptAs(nameProperty: string, attributesOf: (surroundings: Surroundings, name: string) => Record<string, string>): Make {
  return (properties, surroundings) => {
    const name = nameFrom(properties[nameProperty], surroundings);
    return { id: name, attributes: attributesOf(surroundings, name) };
  };
}
