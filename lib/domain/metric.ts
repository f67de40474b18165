/** What is counted for a dashboard, by the names of the design. They are a contract, as reason codes are. */
export type MetricName = 'Deployments' | 'Rollbacks' | 'LeadTime' | 'TimeToRestore' | 'LostEventsHealed' | 'AlertsSent' | 'AlertsFailed';
