using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>Counts associations against their limit: all of them, and those of one site.</summary>
internal sealed class AssociationSlots(int limit)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _bySite = new(StringComparer.Ordinal);
    private int _taken;

    /// <summary>Takes a slot; false when all are taken, or all of the site.</summary>
    public bool TryTake(SiteOptions? site)
    {
        lock (_lock)
        {
            int ofSite = site is null ? 0 : _bySite.GetValueOrDefault(site.Name);
            if (_taken >= limit || ofSite >= (site?.Limits.MaxAssociations ?? limit))
            {
                return false;
            }

            _taken++;
            Set(site, ofSite + 1);
            return true;
        }
    }

    public void Return(SiteOptions? site)
    {
        lock (_lock)
        {
            _taken--;
            Set(site, site is null ? 0 : _bySite.GetValueOrDefault(site.Name) - 1);
        }
    }

    private void Set(SiteOptions? site, int taken)
    {
        if (site is not null)
        {
            _bySite[site.Name] = taken;
        }
    }
}
