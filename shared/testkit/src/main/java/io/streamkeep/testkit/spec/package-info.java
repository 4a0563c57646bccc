/** Given/when/then for deciders, and a clock that tests set. */
@NullMarked
package io.streamkeep.testkit.spec;

import org.jspecify.annotations.NullMarked;
