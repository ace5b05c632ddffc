#include "report/citations.h"

#include <algorithm>
#include <string_view>

#include "base/fail.h"

namespace sbert::report {
namespace {

struct Paper {
  std::vector<std::string_view> losses;  ///< empty: of all
  const char* key;
  const char* title;
  const char* authors;
  int year;
  const char* address;
};

const std::vector<Paper>& papers() {
  static const std::vector<Paper> all{
      {{},
       "reimers2019sentencebert",
       "{Sentence-BERT}: Sentence Embeddings using {Siamese} {BERT}-Networks",
       "Reimers, Nils and Gurevych, Iryna",
       2019,
       "https://arxiv.org/abs/1908.10084"},
      {{"MultipleNegativesRankingLoss", "MultipleNegativesSymmetricRankingLoss"},
       "henderson2017efficient",
       "Efficient Natural Language Response Suggestion for {Smart Reply}",
       "Henderson, Matthew and Al-Rfou, Rami and Strope, Brian and Sung, Yun-hsuan and Luk{\\'a}cs, L{\\'a}szl{\\'o} "
       "and Guo, "
       "Ruiqi and Kumar, Sanjiv and Miklos, Balint and Kurzweil, Ray",
       2017,
       "https://arxiv.org/abs/1705.00652"},
      {{"CoSENTLoss"},
       "huang2024cosent",
       "{CoSENT}: Consistent Sentence Embedding via Similarity Ranking",
       "Huang, Xiang and Peng, Hao and Zou, Dongcheng and Liu, Zhiwei and Li, Jianxin and Liu, Kay and Wu, Jia and Su, "
       "Jianlin "
       "and Yu, Philip S.",
       2024,
       "https://doi.org/10.1109/TASLP.2024.3402087"},
      {{"AnglELoss"},
       "li2024aoe",
       "{AoE}: Angle-optimized Embeddings for Semantic Textual Similarity",
       "Li, Xianming and Li, Jing",
       2024,
       "https://aclanthology.org/2024.acl-long.101"},
      {{"ContrastiveLoss", "OnlineContrastiveLoss"},
       "hadsell2006dimensionality",
       "Dimensionality Reduction by Learning an Invariant Mapping",
       "Hadsell, Raia and Chopra, Sumit and LeCun, Yann",
       2006,
       "https://doi.org/10.1109/CVPR.2006.100"},
      {{"TripletLoss", "BatchAllTripletLoss", "BatchHardTripletLoss", "BatchHardSoftMarginTripletLoss",
        "BatchSemiHardTripletLoss"},
       "hermans2017defense",
       "In Defense of the Triplet Loss for Person Re-Identification",
       "Hermans, Alexander and Beyer, Lucas and Leibe, Bastian",
       2017,
       "https://arxiv.org/abs/1703.07737"},
      {{"MegaBatchMarginLoss"},
       "wieting2018paranmt",
       "{ParaNMT-50M}: Pushing the Limits of Paraphrastic Sentence Embeddings with Millions of Machine Translations",
       "Wieting, John and Gimpel, Kevin",
       2018,
       "https://aclanthology.org/P18-1042"},
      {{"GISTEmbedLoss"},
       "solatorio2024gistembed",
       "{GISTEmbed}: Guided In-sample Selection of Training Negatives for Text Embedding Fine-tuning",
       "Solatorio, Aivin V.",
       2024,
       "https://arxiv.org/abs/2402.16829"},
      {{"MatryoshkaLoss", "Matryoshka2dLoss"},
       "kusupati2022matryoshka",
       "Matryoshka Representation Learning",
       "Kusupati, Aditya and Bhatt, Gantavya and Rege, Aniket and Wallingford, Matthew and Sinha, Aditya and "
       "Ramanujan, Vivek "
       "and Howard-Snyder, William and Chen, Kaifeng and Kakade, Sham and Jain, Prateek and Farhadi, Ali",
       2022,
       "https://arxiv.org/abs/2205.13147"},
      {{"AdaptiveLayerLoss", "Matryoshka2dLoss"},
       "li20242d",
       "{2D} Matryoshka Sentence Embeddings",
       "Li, Xianming and Li, Zongxi and Li, Jing and Xie, Haoran and Li, Qing",
       2024,
       "https://arxiv.org/abs/2402.14776"},
      {{"MSELoss"},
       "reimers2020multilingual",
       "Making Monolingual Sentence Embeddings Multilingual using Knowledge Distillation",
       "Reimers, Nils and Gurevych, Iryna",
       2020,
       "https://arxiv.org/abs/2004.09813"},
      {{"MarginMSELoss"},
       "hofstatter2020improving",
       "Improving Efficient Neural Ranking Models with Cross-Architecture Knowledge Distillation",
       "Hofst{\\\"a}tter, Sebastian and Althammer, Sophia and Schr{\\\"o}der, Michael and Sertkan, Mete and Hanbury, "
       "Allan",
       2020,
       "https://arxiv.org/abs/2010.02666"},
      {{"DistillKLDivLoss"},
       "lin2020distilling",
       "Distilling Dense Representations for Ranking using Tightly-Coupled Teachers",
       "Lin, Sheng-Chieh and Yang, Jheng-Hong and Lin, Jimmy",
       2020,
       "https://arxiv.org/abs/2010.11386"},
      {{"EmbedDistillLoss"},
       "kim2023embeddistill",
       "{EmbedDistill}: A Geometric Knowledge Distillation for Information Retrieval",
       "Kim, Seungyeon and Rawat, Ankit Singh and Zaheer, Manzil and Jayasumana, Sadeep and Sadhanala, Veeranjaneyulu "
       "and "
       "Jitkrittum, Wittawat and Menon, Aditya Krishna and Fergus, Rob and Kumar, Sanjiv",
       2023,
       "https://arxiv.org/abs/2301.12005"},
      {{"GlobalOrthogonalRegularizationLoss"},
       "zhang2017learning",
       "Learning Spread-out Local Feature Descriptors",
       "Zhang, Xu and Yu, Felix X. and Kumar, Sanjiv and Chang, Shih-Fu",
       2017,
       "https://arxiv.org/abs/1708.06320"},
  };
  return all;
}

std::string bibtex(const Paper& paper) {
  return concat("@misc{", paper.key, ",\n  title = {", paper.title, "},\n  author = {", paper.authors, "},\n  year = {",
                paper.year, "},\n  url = {", paper.address, "}\n}\n");
}

}  // namespace

std::vector<std::string> citations(std::span<const std::string> losses) {
  std::vector<std::string> entries;
  for (const Paper& paper : papers()) {
    const bool wanted = paper.losses.empty() || std::any_of(losses.begin(), losses.end(), [&](const std::string& loss) {
                          return std::find(paper.losses.begin(), paper.losses.end(), loss) != paper.losses.end();
                        });
    if (wanted) entries.push_back(bibtex(paper));
  }
  return entries;
}

}  // namespace sbert::report
