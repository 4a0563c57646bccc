/** What real orders cost. */
@NullMarked
package io.streamkeep.retail;

import org.jspecify.annotations.NullMarked;
