/** Rules for the template beyond those that SAM's tools check. */
@NullMarked
package io.streamkeep.template;

import org.jspecify.annotations.NullMarked;
