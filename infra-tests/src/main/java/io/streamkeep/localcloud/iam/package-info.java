/** What a function's role lets it do, and what it did. */
@NullMarked
package io.streamkeep.localcloud.iam;

import org.jspecify.annotations.NullMarked;
