using RecordHub.Core.Intake;

namespace RecordHub.Server.Dicom;

/// <summary>The one door of Core, as the DICOM door sees it: returns when the bytes are durable, or were not kept.</summary>
public delegate Task<IntakeOutcome> AcceptContent(
    Stream content, Source source, CancellationToken cancellationToken);
