package io.streamkeep.domain.module;

/**
 * An operation of the API that carries out a command.
 *
 * @param operationId its {@code operationId} in {@code functions/api.yaml}
 * @param route its method and path there, such as {@code POST /orders}
 * @param creates whether it starts a new stream, whose key it derives from the request's
 *     idempotency key; otherwise the path's {@code id} is the key
 */
public record CommandOperation<C>(
    String operationId, String route, boolean creates, RequestReader<? extends C> reader) {}
