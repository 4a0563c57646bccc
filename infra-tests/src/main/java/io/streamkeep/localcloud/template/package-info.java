/** Reads a template into the resources that the local cloud runs. */
@NullMarked
package io.streamkeep.localcloud.template;

import org.jspecify.annotations.NullMarked;
