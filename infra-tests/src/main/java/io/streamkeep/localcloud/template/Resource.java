package io.streamkeep.localcloud.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A resource that the local cloud simulates, with its supported properties, each of which is given
 * by its JSON pointer.
 */
record Resource(String id, JsonNode properties, TemplateDocument document) {

  static JsonPointer pointer(String id) {
    return JsonPointer.compile("/Resources").appendProperty(id);
  }

  private JsonPointer pointer(String id, String property) {
    return pointer(id).appendProperty("Properties").append(JsonPointer.compile(property));
  }

  /** Refuses the parts of a property that its own listed type does not support. */
  void check(String type, String property) {
    new SupportedProperties(document).check(type, properties.at(property), pointer(id, property));
  }

  TemplateException refuse(String property, String problem) {
    return document.refuse(pointer(id, property), problem);
  }
}
