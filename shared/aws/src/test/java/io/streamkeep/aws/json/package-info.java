@NullMarked
package io.streamkeep.aws.json;

import org.jspecify.annotations.NullMarked;
