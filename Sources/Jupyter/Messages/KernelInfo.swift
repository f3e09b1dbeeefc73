extension Message {
  package static func kernelInfoReply(_ identity: InterpreterIdentity, features: [String]) -> Message {
    var language: [String: JSON] = [
      "name": .string(identity.languageName), "version": .string(identity.languageVersion),
      "mimetype": .string(identity.mimeType), "file_extension": .string(identity.fileExtension),
      "pygments_lexer": .string(identity.pygmentsLexer),
    ]
    if let mode = identity.codeMirrorMode { language["codemirror_mode"] = mode }
    return Message(
      "kernel_info_reply",
      [
        "status": "ok", "protocol_version": .string(protocolVersion),
        "implementation": .string(identity.implementation), "implementation_version": .string(identity.version),
        "language_info": .object(language), "banner": .string(identity.banner), "debugger": false,
        "help_links": .array(identity.helpLinks.map { ["text": .string($0.text), "url": .string($0.url)] }),
        "supported_features": .array(features.map { .string($0) }),
      ])
  }
}
