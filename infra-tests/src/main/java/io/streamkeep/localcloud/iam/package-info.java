/** Functions' roles: what they allow, what was used, and what was refused. */
@NullMarked
package io.streamkeep.localcloud.iam;

import org.jspecify.annotations.NullMarked;
