/** Deployment to AWS. */
@NullMarked
package io.streamkeep.deployment;

import org.jspecify.annotations.NullMarked;
