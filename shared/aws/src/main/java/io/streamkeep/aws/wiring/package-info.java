/** Builds what a function needs to start: clients, settings, stores, queues, subscribers. */
@NullMarked
package io.streamkeep.aws.wiring;

import org.jspecify.annotations.NullMarked;
