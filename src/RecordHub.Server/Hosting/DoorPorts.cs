using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace RecordHub.Server.Hosting;

/// <summary>The endpoints that Kestrel listens on; their ports are known once it has started.</summary>
internal sealed class DoorPorts
{
    public ListenOptions? Http { get; set; }

    public ListenOptions? Dicom { get; set; }

    public ListenOptions? DicomTls { get; set; }
}
