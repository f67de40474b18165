import { arn, as, each, type Input, passRole, type Place, rows, text, together, type WishTable } from '../wishes.ts';

const named = (input: Input, place: Place): string =>
  arn('lambda', place, text(input, 'FunctionName').split(':').at(-1) ?? '', 'function:');
const onFunction = each((input, place) => [named(input, place)]);

/** What calls of AWS Lambda want. */
export const lambda: WishTable = {
  ...rows(
    'GetFunction GetFunctionConfiguration PutFunctionConcurrency AddPermission GetPolicy PutFunctionEventInvokeConfig GetFunctionEventInvokeConfig',
    onFunction,
  ),
  Invoke: as('lambda:InvokeFunction', onFunction),
  CreateFunction: together(onFunction, (input, place) => passRole(text(input, 'Role'), 'lambda.amazonaws.com', place)),
  CreateEventSourceMapping: each(
    () => ['*'],
    (input, place) => ({ 'lambda:FunctionArn': named(input, place) }),
  ),
};

const group = (input: Input, place: Place): string => {
  const name = text(input, 'logGroupName') || text(input, 'logGroupIdentifier');
  return arn('logs', place, name, 'log-group:').replace(/:\*$/, '');
};
const onGroup = each((input, place) => [`${group(input, place)}:*`]);
const onStream = each((input, place) => [`${group(input, place)}:log-stream:${text(input, 'logStreamName')}`]);

/** What calls of CloudWatch Logs want. */
export const logs: WishTable = {
  ...rows('CreateLogGroup DeleteLogGroup DescribeLogStreams FilterLogEvents PutRetentionPolicy', onGroup),
  ...rows('CreateLogStream DeleteLogStream PutLogEvents GetLogEvents', onStream),
};

/** What calls of Application Auto Scaling want: a scalable target, which has an id that nobody knows before; a policy meets it by `*`. */
export const applicationAutoscaling: WishTable = rows(
  'RegisterScalableTarget DeregisterScalableTarget PutScalingPolicy DeleteScalingPolicy PutScheduledAction DeleteScheduledAction',
  each(
    (_, place) => [arn('application-autoscaling', place, '*', 'scalable-target/')],
    (input) => ({
      'application-autoscaling:service-namespace': text(input, 'ServiceNamespace'),
      'application-autoscaling:scalable-dimension': text(input, 'ScalableDimension'),
    }),
  ),
);

const stack = each((input, place) => {
  const name = text(input, 'StackName');
  return [name === '' ? '*' : name.startsWith('arn:') ? name : arn('cloudformation', place, `${name}/*`, 'stack/')];
});

/** What calls of AWS CloudFormation want. */
export const cloudformation: WishTable = rows('DescribeStacks ListStackResources DescribeStackResources GetTemplate', stack);
