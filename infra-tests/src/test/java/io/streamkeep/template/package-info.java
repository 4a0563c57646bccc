/** What the template must say, beyond what the tools of SAM check. */
@NullMarked
package io.streamkeep.template;

import org.jspecify.annotations.NullMarked;
