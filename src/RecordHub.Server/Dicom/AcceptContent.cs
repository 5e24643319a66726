using RecordHub.Core.Intake;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Dicom;

/// <summary>The one door of Core, as the DICOM door sees it: returns when the bytes are durable, or were not kept.</summary>
public delegate ValueTask<IntakeOutcome> AcceptContent(
    Stream content, Source source, SopReference announced, CancellationToken cancellationToken);
