using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Media;

/// <summary>The keys of directory records (PS3.3 §F.5). A key of type 1 that the instance leaves empty is made up.</summary>
internal static class DirectoryKeys
{
    private const string Date = "19000101";
    private const string Time = "000000";

    public static DicomDataSet Patient(DicomDataSet source, string madeUpId) =>
        new Keys(source).Type2(DicomTags.PatientName).Type1(DicomTags.PatientID, madeUpId).Record;

    public static DicomDataSet Study(DicomDataSet source, string madeUpId) => new Keys(source)
        .Type1(DicomTags.StudyDate, FirstOf(source, DicomTags.SeriesDate, DicomTags.ContentDate) ?? Date)
        .Type1(DicomTags.StudyTime, FirstOf(source, DicomTags.SeriesTime, DicomTags.ContentTime) ?? Time)
        .Type2(DicomTags.AccessionNumber)
        .Type2(DicomTags.StudyDescription)
        .Type1(DicomTags.StudyInstanceUID, string.Empty)
        .Type1(DicomTags.StudyID, madeUpId)
        .Record;

    public static DicomDataSet Series(DicomDataSet source, string madeUpNumber) => new Keys(source)
        .Type1(DicomTags.Modality, "OT")
        .Type1(DicomTags.SeriesInstanceUID, string.Empty)
        .Type1(DicomTags.SeriesNumber, madeUpNumber)
        .Record;

    public static DicomDataSet Instance(DicomDataSet source, string type, string madeUpNumber)
    {
        Keys keys = new(source);
        return type switch
        {
            "RT DOSE" => keys.Type1(DicomTags.InstanceNumber, madeUpNumber).Type1(DicomTags.DoseSummationType, "PLAN")
                .Type3(DicomTags.DoseComment).Record,
            "RT STRUCTURE SET" => keys.Type1(DicomTags.InstanceNumber, madeUpNumber)
                .Type1(DicomTags.StructureSetLabel, "UNKNOWN")
                .Type2(DicomTags.StructureSetDate).Type2(DicomTags.StructureSetTime).Record,
            "RT PLAN" => keys.Type1(DicomTags.InstanceNumber, madeUpNumber).Type1(DicomTags.RTPlanLabel, "UNKNOWN")
                .Type2(DicomTags.RTPlanDate).Type2(DicomTags.RTPlanTime).Record,
            "RT TREAT RECORD" => keys.Type1(DicomTags.InstanceNumber, madeUpNumber)
                .Type2(DicomTags.TreatmentDate).Type2(DicomTags.TreatmentTime).Record,
            "PRESENTATION" => Content(keys, madeUpNumber)
                .Type1(DicomTags.PresentationCreationDate, Date).Type1(DicomTags.PresentationCreationTime, Time)
                .Type3(DicomTags.ReferencedSeriesSequence).Type3(DicomTags.BlendingSequence).Record,
            "SR DOCUMENT" => Document(keys, madeUpNumber)
                .Type1(DicomTags.CompletionFlag, "PARTIAL").Type1(DicomTags.VerificationFlag, "UNVERIFIED")
                .VerifiedAt().Record,
            "KEY OBJECT DOC" => Document(keys, madeUpNumber).Record,
            "SPECTROSCOPY" => Dated(keys).Type1(DicomTags.ImageType, "ORIGINAL").Type1(DicomTags.InstanceNumber, madeUpNumber)
                .Type3(DicomTags.ReferencedImageEvidenceSequence).Type1(DicomTags.NumberOfFrames, "1")
                .Type3(DicomTags.Rows).Type3(DicomTags.Columns).Type3(DicomTags.DataPointRows)
                .Type3(DicomTags.DataPointColumns).Record,
            "RAW DATA" => Dated(keys).Type2(DicomTags.InstanceNumber).Record,
            "WAVEFORM" => Dated(keys).Type1(DicomTags.InstanceNumber, madeUpNumber).Record,
            "ENCAP DOC" => keys.Type2(DicomTags.ContentDate).Type2(DicomTags.ContentTime)
                .Type1(DicomTags.InstanceNumber, madeUpNumber).Type2(DicomTags.DocumentTitle)
                .Type3(DicomTags.HL7InstanceIdentifier).Type2(DicomTags.ConceptNameCodeSequence)
                .Type1(DicomTags.MIMETypeOfEncapsulatedDocument, "application/octet-stream").Record,
            "REGISTRATION" or "FIDUCIAL" or "VALUE MAP" or "SURFACE" or "SURFACE SCAN" or "TRACT" or "MEASUREMENT"
                or "ANNOTATION" =>
                Content(Dated(keys), madeUpNumber).Record,
            "PALETTE" => keys.Type1(DicomTags.ContentLabel, "UNNAMED").Type2(DicomTags.ContentDescription).Record,
            _ => keys.Type1(DicomTags.InstanceNumber, madeUpNumber).Record,
        };
    }

    private static Keys Dated(Keys keys) =>
        keys.Type1(DicomTags.ContentDate, Date).Type1(DicomTags.ContentTime, Time);

    // Content Identification Macro, PS3.3 Table 10-12.
    private static Keys Content(Keys keys, string madeUpNumber) => keys
        .Type1(DicomTags.InstanceNumber, madeUpNumber).Type1(DicomTags.ContentLabel, "UNNAMED")
        .Type2(DicomTags.ContentDescription).Type2(DicomTags.ContentCreatorName);

    private static Keys Document(Keys keys, string madeUpNumber) => Dated(keys)
        .Type1(DicomTags.InstanceNumber, madeUpNumber).Type3(DicomTags.ConceptNameCodeSequence).Modifiers();

    private static string? FirstOf(DicomDataSet source, params ReadOnlySpan<DicomTag> tags)
    {
        foreach (DicomTag tag in tags)
        {
            if (source.GetString(tag) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Copies keys of an instance into its record, in the instance's character set.</summary>
    private sealed class Keys(DicomDataSet source)
    {
        public DicomDataSet Record { get; } = new();

        public Keys Type1(DicomTag tag, string madeUp)
        {
            if (source.TryGet(tag, out DicomElement element) && source.GetString(tag) is not null && element.IsLoaded)
            {
                Copy(element);
            }
            else
            {
                Record.AddText(tag, DicomDictionary.VrOf(tag), madeUp);
            }

            return this;
        }

        public Keys Type2(DicomTag tag)
        {
            if (source.TryGet(tag, out DicomElement element) && element.IsLoaded)
            {
                Copy(element);
            }
            else if (DicomDictionary.VrOf(tag) == DicomVr.SQ)
            {
                Record.Add(tag, Array.Empty<DicomDataSet>());
            }
            else
            {
                Record.Add(tag, DicomDictionary.VrOf(tag), ReadOnlyMemory<byte>.Empty);
            }

            return this;
        }

        public Keys Type3(DicomTag tag) => source.Contains(tag) ? Type2(tag) : this;

        public Keys VerifiedAt()
        {
            DicomDataSet? observer = source.GetSequence(DicomTags.VerifyingObserverSequence)
                .MaxBy(item => item.GetString(DicomTags.VerificationDateTime), StringComparer.Ordinal);
            if (source.GetString(DicomTags.VerificationFlag) == "VERIFIED" && observer is not null
                && observer.TryGet(DicomTags.VerificationDateTime, out DicomElement at))
            {
                Record.Add(at);
            }

            return this;
        }

        // All, and only, what modifies the title.
        public Keys Modifiers()
        {
            DicomDataSet[] modifiers = [.. source.GetSequence(DicomTags.ContentSequence)
                .Where(item => item.GetString(DicomTags.RelationshipType) == "HAS CONCEPT MOD").Select(Owned)];
            if (modifiers.Length > 0)
            {
                Record.Add(DicomTags.ContentSequence, modifiers);
                WithCharacterSet();
            }

            return this;
        }

        private void Copy(DicomElement element)
        {
            if (element.IsSequence)
            {
                Record.Add(element.Tag, [.. element.Items.Select(Owned)]);
            }
            else
            {
                Record.Add(element);
            }

            if (element.IsSequence || element.Vr.UsesCharacterSet())
            {
                WithCharacterSet();
            }
        }

        private void WithCharacterSet()
        {
            if (source.TryGet(DicomTags.SpecificCharacterSet, out DicomElement characterSet) && !characterSet.IsEmpty)
            {
                Record.Add(characterSet);
            }
        }

        private static DicomDataSet Owned(DicomDataSet item)
        {
            DicomDataSet copy = new();
            foreach (DicomElement element in item)
            {
                if (element.IsSequence)
                {
                    copy.Add(element.Tag, [.. element.Items.Select(Owned)]);
                }
                else if (element.IsLoaded)
                {
                    copy.Add(element);
                }
            }

            return copy;
        }
    }
}
