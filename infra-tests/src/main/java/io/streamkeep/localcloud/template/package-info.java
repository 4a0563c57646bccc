/** Reads template.yaml into what the local cloud can run, and refuses what it can't. */
@NullMarked
package io.streamkeep.localcloud.template;

import org.jspecify.annotations.NullMarked;
