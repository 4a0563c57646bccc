/** A test tool: runs template.yaml on one machine as AWS would, or refuses it. */
@NullMarked
package io.streamkeep.localcloud;

import org.jspecify.annotations.NullMarked;
