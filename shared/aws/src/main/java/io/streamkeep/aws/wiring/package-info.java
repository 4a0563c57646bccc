/** What a function needs to start: clients, settings, subscribers. */
@NullMarked
package io.streamkeep.aws.wiring;

import org.jspecify.annotations.NullMarked;
