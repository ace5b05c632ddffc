#pragma once

/// Everything: sentence embeddings that train, evaluate, encode and search.
#include <sbert/data.h>
#include <sbert/dataset.h>
#include <sbert/embeddings.h>
#include <sbert/error.h>
#include <sbert/evaluation.h>
#include <sbert/fit.h>
#include <sbert/hub.h>
#include <sbert/losses.h>
#include <sbert/models.h>
#include <sbert/search.h>
#include <sbert/sentence_transformer.h>
#include <sbert/similarity.h>
#include <sbert/tokenizer.h>
