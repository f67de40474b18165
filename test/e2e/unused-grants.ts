/**
 * Grants that no test end to end uses, each with the reason for which it is granted. A whole run of the tests prints this list at its end, and
 * fails where a grant that was never used is missing here, or one that stands here was used.
 */
export const unusedGrants: Record<string, string> = {
  'apply-scan ecr:BatchGetRepositoryScanningConfiguration':
    'only a scan that is not found asks how the repository is scanned, and who is told of a scan finds it',
  'apply-scan sns:Publish': 'tells of findings on a digest that runs already; in the tests, scans end before their image runs',
  'apply-scan sqs:SendMessage': 'an event that fails for good goes to the dead-letter queue; the tests let the other functions fail',
  'follow-rollout ecs:DescribeTasks': 'only where DescribeServiceRevisions tells no digest of a container, as of services older than it',
  'follow-rollout ecs:ListTasks': 'finds the tasks for ecs:DescribeTasks',
};
