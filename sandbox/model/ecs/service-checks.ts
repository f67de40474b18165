import { checkThreshold } from './circuit-breaker.ts';
import { checkEarlySuccess } from './early-success.ts';
import { EcsError, invalid, unsupported } from './errors.ts';
import { lowerLimit, upperLimit } from './rolling.ts';
import type { Service } from './service.ts';
import type { CreateServiceInput, ServiceInput, UpdateServiceInput } from './service-input.ts';

/** Refuses what CreateService refuses, and what the model has no behaviour for. */
export function checkCreation(input: CreateServiceInput, existing: Service | undefined): void {
  if (!input.serviceName || !/^[a-zA-Z0-9_-]{1,255}$/.test(input.serviceName)) throw invalid('Service name is invalid.');
  if (existing?.status === 'ACTIVE') throw invalid('Creation of service was not idempotent.');
  if (existing?.status === 'DRAINING') throw invalid('Unable to Start a service that is still Draining.');
  if (input.schedulingStrategy === 'DAEMON') checkDaemon(input);
  if (input.deploymentController?.type !== 'EXTERNAL') {
    if (input.taskDefinition === undefined) throw invalid('TaskDefinition can not be blank.');
    if (input.desiredCount === undefined && input.schedulingStrategy !== 'DAEMON') throw invalid('DesiredCount can not be null.');
  }
  checkValues(input);
}

/** Refuses what UpdateService refuses of a service, by its deployment controller and state. */
export function checkUpdate(input: UpdateServiceInput, service: Service): void {
  if (service.status !== 'ACTIVE') throw new EcsError('ServiceNotActiveException', 'Service was not ACTIVE.');
  if (service.schedulingStrategy === 'DAEMON') checkDaemon(input);
  if (service.controller !== 'ECS') checkController(input, service.controller);
  const strategy = service.settings.deploymentConfiguration.strategy ?? 'ROLLING';
  if (strategy !== 'ROLLING' && (input.taskDefinition !== undefined || input.forceNewDeployment === true))
    throw unsupported(`The sandbox does not carry out deployments of strategy ${strategy}.`);
  checkValues(input);
}

/** Its count is that of the container instances. */
function checkDaemon({ desiredCount, launchType }: ServiceInput): void {
  if (launchType === 'FARGATE') throw invalid('The daemon scheduling strategy is not supported with the FARGATE launch type.');
  if (desiredCount !== undefined)
    throw invalid(
      'The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again.',
    );
}

function checkController(input: UpdateServiceInput, controller: 'CODE_DEPLOY' | 'EXTERNAL'): void {
  const way =
    controller === 'CODE_DEPLOY' ? 'Use AWS CodeDeploy to trigger a new deployment.' : 'Use CreateTaskSet to trigger a new deployment.';
  const on = `on services with ${controller === 'EXTERNAL' ? 'an' : 'a'} ${controller} deployment controller.`;
  if (input.taskDefinition !== undefined) throw invalid(`Unable to update task definition ${on} ${way}`);
  if (input.forceNewDeployment === true) throw invalid(`Unable to force a new deployment ${on} ${way}`);
  if (input.networkConfiguration !== undefined) throw invalid(`Unable to update network parameters ${on} ${way}`);
  if (input.platformVersion !== undefined) throw invalid(`Unable to update platform version ${on} ${way}`);
}

function checkValues({ desiredCount = 0, deploymentConfiguration = {} }: ServiceInput): void {
  checkEarlySuccess(deploymentConfiguration);
  checkThreshold(deploymentConfiguration.deploymentCircuitBreaker ?? {});
  if (desiredCount < 0) throw invalid('Invalid desiredCount: it must not be negative.');
  const { maximumPercent = 200, minimumHealthyPercent = 100 } = deploymentConfiguration;
  if (minimumHealthyPercent < 0 || maximumPercent < 1 || maximumPercent > 200 * 100) throw invalid('Invalid deploymentConfiguration.');
  if (lowerLimit(100, minimumHealthyPercent) > upperLimit(100, maximumPercent))
    throw invalid('minimumHealthyPercent must not be above maximumPercent.');
}
