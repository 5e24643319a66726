namespace RecordHub.Server.Dicom;

/// <summary>The room that one instance takes until it is durable or given up.</summary>
public sealed class AdmittedStore : IDisposable
{
    private readonly StoreAdmission _admission;
    private readonly StoreAdmission.Usage? _ofSite;
    private long _bytes;
    private bool _left;

    internal AdmittedStore(StoreAdmission admission, StoreAdmission.Usage? ofSite)
    {
        _admission = admission;
        _ofSite = ofSite;
    }

    /// <summary>Counts bytes that came.</summary>
    public void Add(int bytes)
    {
        _bytes += bytes;
        _admission.Add(_ofSite, bytes);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_left)
        {
            _left = true;
            _admission.Leave(_ofSite, _bytes);
        }
    }
}
