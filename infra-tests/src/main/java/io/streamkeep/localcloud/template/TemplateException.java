package io.streamkeep.localcloud.template;

/** Something in a template that the local cloud can't do, with its file and line. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TemplateException(TemplateDocument.Place place, String problem) {
    super(place.file() + ":" + place.line() + ": " + problem);
  }
}
