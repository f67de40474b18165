import { arn, as, each, type Input, passRole, type Place, rows, structures, text, together, type WishTable } from '../wishes.ts';

const queue = (input: Input, place: Place): string =>
  arn('sqs', place, (text(input, 'QueueUrl') || text(input, 'QueueName')).split('/').at(-1) ?? '');
const onQueue = each((input, place) => [queue(input, place)]);

/** What calls of Amazon SQS want. A batch wants what one message does. */
export const sqs: WishTable = {
  ...rows('CreateQueue DeleteQueue GetQueueUrl GetQueueAttributes SetQueueAttributes PurgeQueue SendMessage ReceiveMessage', onQueue),
  ...rows('DeleteMessage ChangeMessageVisibility', onQueue),
  SendMessageBatch: as('sqs:SendMessage', onQueue),
  DeleteMessageBatch: as('sqs:DeleteMessage', onQueue),
  ChangeMessageVisibilityBatch: as('sqs:ChangeMessageVisibility', onQueue),
};

/** What calls of Amazon SNS want. */
export const sns: WishTable = {
  CreateTopic: each((input, place) => [arn('sns', place, text(input, 'Name'))]),
  ...rows(
    'Publish Subscribe GetTopicAttributes SetTopicAttributes DeleteTopic ListSubscriptionsByTopic ConfirmSubscription',
    each((input) => [text(input, 'TopicArn') || '*']),
  ),
  ...rows(
    'GetSubscriptionAttributes SetSubscriptionAttributes Unsubscribe',
    each((input) => [text(input, 'SubscriptionArn').split(':').slice(0, 6).join(':')]),
  ),
};

const rule = (input: Input, place: Place): string => arn('events', place, text(input, 'Rule') || text(input, 'Name'), 'rule/');
const bus = (name: string, place: Place): string => arn('events', place, name || 'default', 'event-bus/');

/** What calls of Amazon EventBridge want. */
export const events: WishTable = {
  ...rows(
    'PutRule RemoveTargets DeleteRule EnableRule DisableRule DescribeRule ListTargetsByRule',
    each((input, place) => [rule(input, place)]),
  ),
  PutTargets: together(
    each((input, place) => [rule(input, place)]),
    (input, place) => structures(input, 'Targets').flatMap((target) => passRole(text(target, 'RoleArn'), 'events.amazonaws.com', place)),
  ),
  DescribeEventBus: each((input, place) => [bus(text(input, 'Name'), place)]),
  PutEvents: each((input, place) => [...new Set(structures(input, 'Entries').map((entry) => bus(text(entry, 'EventBusName'), place)))]),
};

const schedule = (input: Input, place: Place): string =>
  arn('scheduler', place, `${text(input, 'GroupName') || 'default'}/${text(input, 'Name')}`, 'schedule/');

/** What calls of EventBridge Scheduler want. */
export const scheduler: WishTable = {
  ...rows(
    'GetSchedule DeleteSchedule',
    each((input, place) => [schedule(input, place)]),
  ),
  CreateSchedule: together(
    each((input, place) => [schedule(input, place)]),
    ({ Target = {} }, place) => passRole(text(Target as Input, 'RoleArn'), 'scheduler.amazonaws.com', place),
  ),
};
